using Dispatcher.Testing;

namespace Dispatcher.Repository.Tests.Documents;

/// <summary>Compares the code in documents with the samples, which are compiled and run.</summary>
public sealed class SampleCodeTests
{
    private static IEnumerable<string> Documents =>
    [
        "README.md", "docs/dry-run.md", "docs/postgres.md", "docs/telemetry.md", "docs/writing-a-job.md",
        .. Repository.Files("src/Dispatcher*/README.md"),
    ];

    [TestCaseSource(nameof(Documents))]
    public void CodeBlocks_CSharp_AreTheTextOfASample(string document)
    {
        var samples = Repository.Files("samples/*.cs").Select(Read).ToList();
        var unknown = DocumentExamples.Read(document, "csharp")
            .Where(block => !samples.Exists(sample => sample.Contains(block, StringComparison.Ordinal)));

        Assert.That(unknown, Is.Empty, "Show the text of a sample, so that it is compiled.");
    }

    [Test]
    public void Readme_FirstBlock_IsAJobOfTenLines()
    {
        var readme = Read("README.md");
        var job = DocumentExamples.Read("README.md", "csharp").Single();

        Assert.That(readme.IndexOf("```csharp", StringComparison.Ordinal), Is.EqualTo(readme.IndexOf("```", StringComparison.Ordinal)));
        Assert.That(job.Split('\n'), Has.Length.LessThanOrEqualTo(10));
        Assert.That(job, Does.Contain(": MaintenanceJob<"));
    }

    [Test]
    public void WritingAJob_EverySampleFile_IsShownWhole()
    {
        var shown = DocumentExamples.Read("docs/writing-a-job.md", "csharp");

        Assert.That(Repository.Files("samples/TempFileCleanup/*.cs").Select(file => Read(file).TrimEnd('\n')), Is.SubsetOf(shown));
    }

    [Test]
    public void Architecture_Pipeline_IsTheOneThatTheCodeBuilds() =>
        Assert.That(
            string.Join(' ', Read("docs/architecture.md").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            Does.Contain("ShardEndMiddleware > TelemetryMiddleware > PlanMiddleware > IdempotencyMiddleware > ContinuationMiddleware > "
                + "ShardStartMiddleware > OverlapMiddleware > DeadlineMiddleware > DryRunMiddleware > RetryMiddleware > job"));

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file)).ReplaceLineEndings("\n");
}
