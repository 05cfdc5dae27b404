using System.Collections.Frozen;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The words that DynamoDB does not accept as names of attributes in an expression.</summary>
internal static class ReservedWords
{
    private static readonly FrozenSet<string> All = Read();

    public static bool Contains(string word) => All.Contains(word);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(ReservedWords).Assembly.GetManifestResourceStream("ReservedWords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
