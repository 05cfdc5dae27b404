namespace Dispatcher.Repository.Tests.Language;

/// <summary>Holds lines of code and documents to the length that .editorconfig names.</summary>
public sealed class LineLengthTests
{
    private const int Limit = 140;

    private static IEnumerable<string> CheckedFiles =>
        Repository.Files("*.cs").Concat(Repository.Files("*.md"))
            .Where(file => file != "CHANGELOG.md")
            .Where(file => !NotCheckedYet.LineLength.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)));

    [Test]
    public void Lines_AllFiles_AreShortEnough()
    {
        var findings =
            from file in CheckedFiles
            from line in File.ReadLines(Repository.PathOf(file)).Index()
            where line.Item.Length > Limit && CanBeBroken(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Length} columns. Break the line at {Limit} or before.";

        Assert.That(string.Join('\n', findings), Is.Empty);
    }

    /// <summary>A row of a table cannot be broken, nor can a line without a blank in it, such as a long address.</summary>
    private static bool CanBeBroken(string line) =>
        !line.StartsWith('|') && line.Trim().TrimStart('/', '-', '*', ' ').Contains(' ', StringComparison.Ordinal);
}
