using System.Text.RegularExpressions;

namespace Dispatcher.Tests.Docs;

/// <summary>Holds the documents to the code: what they show is compiled and run, or is the text of a file that is.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = FindRoot();

    private static IEnumerable<string> OwnDocuments => ["architecture.md", "writing-a-job.md", "dry-run.md", "package.md"];

    [TestCaseSource(nameof(OwnDocuments))]
    public void CodeBlocks_CSharp_AreTheTextOfASample(string document)
    {
        var samples = Directory.GetFiles(Path.Combine(Root, "samples"), "*.cs", SearchOption.AllDirectories).Select(ReadText).ToList();

        foreach (var block in Blocks(document, "csharp"))
        {
            Assert.That(samples.Any(sample => sample.Contains(block, StringComparison.Ordinal)), Is.True, $"{document} shows code that no sample holds:\n{block}");
        }
    }

    [Test]
    public void WritingAJob_EverySample_IsShown()
    {
        var shown = string.Concat(Blocks("writing-a-job.md", "csharp"));

        Assert.That(shown, Does.Contain("class TempFileCleanupJob(").And.Contain("AddTempFileCleanup(").And.Contain("class TempFileCleanupJobTests"));
    }

    [Test]
    public void Architecture_Pipeline_IsTheOneThatTheCodeBuilds() =>
        Assert.That(ReadText(Path.Combine(Root, "docs", "architecture.md")), Does.Contain(
            "TelemetryMiddleware > ContinuationMiddleware > DeadlineMiddleware > DryRunMiddleware > RetryMiddleware > job"));

    private static IEnumerable<string> Blocks(string document, string language) =>
        CodeBlock().Matches(ReadText(Path.Combine(Root, "docs", document)))
            .Where(match => match.Groups["language"].Value == language)
            .Select(match => match.Groups["code"].Value.Trim('\n'));

    private static string ReadText(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dispatcher.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Dispatcher.sln above {AppContext.BaseDirectory}. Run the tests from the repository.");
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
