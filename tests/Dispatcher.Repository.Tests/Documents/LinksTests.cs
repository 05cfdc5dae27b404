using System.Text.RegularExpressions;

namespace Dispatcher.Repository.Tests.Documents;

public sealed partial class LinksTests
{
    private static IEnumerable<string> Documents => Repository.Files("*.md");

    [TestCaseSource(nameof(Documents))]
    public void Document_EveryLink_LeadsSomewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var broken = Link().Matches(WithoutCode(File.ReadAllText(Repository.PathOf(document))))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.StartsWith("https://", StringComparison.Ordinal) && !Leads(folder, document, target));

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Readme_Documentation_ListsEveryGuide()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var guides = Repository.Files("docs/*.md");

        Assert.That(guides.Where(guide => !readme.Contains($"]({guide})", StringComparison.Ordinal)), Is.Empty);
    }

    private static bool Leads(string folder, string document, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? Repository.PathOf(document) : Path.Combine(folder, parts[0]);
        return Path.Exists(path) && (parts.Length == 1 || Anchors(path).Contains(parts[1]));
    }

    /// <summary>Makes a heading's anchor as GitHub does: lower case, no punctuation, a hyphen for each space.</summary>
    private static IEnumerable<string> Anchors(string path) =>
        Heading().Matches(WithoutCode(File.ReadAllText(path)))
            .Select(match => NotInAnchors().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    private static string WithoutCode(string text) => Fence().Replace(text, string.Empty);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
