namespace Dispatcher.Repository.Tests.Language;

/// <summary>Holds lines of code and documents to the length that .editorconfig names.</summary>
public sealed class LineLengthTests
{
    private const int Limit = 140;
    private const string RawString = "\"\"\"";

    private static IEnumerable<string> CheckedFiles =>
        Repository.Files("*.cs").Concat(Repository.Files("*.md"))
            .Where(file => file != "CHANGELOG.md");

    [Test]
    public void Lines_AllFiles_AreShortEnough()
    {
        var findings =
            from file in CheckedFiles
            from line in WithoutQuotes(File.ReadLines(Repository.PathOf(file))).Index()
            where line.Item.Length > Limit && CanBeBroken(line.Item)
            select $"{file}:{line.Index + 1}: {line.Item.Length} columns. Break the line at {Limit} or before.";

        Assert.That(string.Join('\n', findings), Is.Empty);
    }

    /// <summary>
    /// Empties the lines of fences marked <c>text</c>, which show what the tool prints, and of raw string literals, whose JSON or SQL is
    /// data.
    /// </summary>
    private static IEnumerable<string> WithoutQuotes(IEnumerable<string> lines)
    {
        var (quoted, raw) = (false, false);
        foreach (var line in lines)
        {
            var marks = line.Split(RawString).Length - 1;
            quoted = quoted ? line != "```" : line == "```text";
            yield return quoted || raw || marks > 0 ? string.Empty : line;
            raw ^= marks % 2 == 1;
        }
    }

    /// <summary>Determines whether a line can be broken: rows of tables and lines without a blank, such as addresses, cannot.</summary>
    private static bool CanBeBroken(string line) =>
        !line.StartsWith('|') && line.Trim().TrimStart('/', '-', '*', '+', ' ').Contains(' ', StringComparison.Ordinal);
}
