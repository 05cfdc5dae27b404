using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dispatcher.Repository.Tests.Layout;
using Dispatcher.Testing;

namespace Dispatcher.Repository.Tests.Documents;

/// <summary>
/// Compares the picture of the projects in docs/architecture.md with the projects. An arrow is a reference of one project to another that
/// no longer way of references implies; the picture's other lines (groups, labels) are free.
/// </summary>
public sealed partial class ProjectPictureTests
{
    [Test]
    public void Architecture_Picture_ShowsEveryProjectAndReference()
    {
        var references = SourceProject.ProjectFiles()
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), References, StringComparer.Ordinal);
        var arrows = references.Keys.SelectMany(project => Reduce(project, references).Select(target => (From: project, To: target)))
            .ToList();

        var picture = DocumentExamples.Read("docs/architecture.md", "mermaid").Single();
        var drawn = Arrow().Matches(picture).Select(match => (From: match.Groups["from"].Value, To: match.Groups["to"].Value));
        var names = Name().Matches(picture).Select(match => match.Value).Distinct();

        var expected = $"The picture should have these arrows:\n\n```mermaid\n{Draw(references.Keys, arrows)}```\n";
        Assert.That(drawn, Is.EquivalentTo(arrows), expected);
        Assert.That(names, Is.EquivalentTo(references.Keys), expected);
    }

    private static List<string> References(string project) =>
        [.. XDocument.Load(Repository.PathOf(project)).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value)
            .Where(path => !path.Contains("StandIns", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    private static IEnumerable<string> Reduce(string project, Dictionary<string, List<string>> references) =>
        references[project].Where(target => !references[project].Exists(other => other != target && Reaches(other, target, references)));

    private static bool Reaches(string from, string to, Dictionary<string, List<string>> references) =>
        references[from].Exists(next => next == to || Reaches(next, to, references));

    private static string Draw(IEnumerable<string> projects, List<(string From, string To)> arrows)
    {
        var lonely = projects.Where(project => !arrows.Exists(arrow => arrow.From == project || arrow.To == project));
        var lines = arrows.Select(arrow => $"{arrow.From} --> {arrow.To}").Concat(lonely).Order(StringComparer.Ordinal);
        return string.Concat(lines.Select(line => $"  {line}\n").Prepend("flowchart TD\n"));
    }

    [GeneratedRegex(@"(?<from>Dispatcher[\w.]*) --> (?<to>Dispatcher[\w.]*)")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"\bDispatcher\b[\w.]*")]
    private static partial Regex Name();
}
