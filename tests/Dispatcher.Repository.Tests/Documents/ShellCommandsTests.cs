using Dispatcher.Testing;

namespace Dispatcher.Repository.Tests.Documents;

/// <summary>
/// Runs the commands of the documents. A fence marked <c>sh</c> runs as it is. A fence marked <c>sh aws</c> runs against a local AWS in
/// which the template is deployed. A fence marked <c>sh shown</c> is only parsed, because it needs something that a test does not have: an
/// account, Docker, the whole test suite.
/// </summary>
public sealed class ShellCommandsTests
{
    private const string Runs = "sh";
    private const string RunsOnAws = "sh aws";
    private const string Shown = "sh shown";

    /// <summary>Version 1 of the AWS CLI ignores the environment's endpoint for SQS.</summary>
    private const string AwsCommand = """aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }""";

    /// <summary>Gets the documents, without those of a consumer's solution, whose commands are run in that solution.</summary>
    private static IEnumerable<string> Documents => Repository.Files("*.md")
        .Where(file => !file.StartsWith("samples/Acme.Chores/", StringComparison.Ordinal)
            && !file.StartsWith("src/Dispatcher.Templates/content/", StringComparison.Ordinal));

    private static IEnumerable<string> OnThisMachine => Having(Runs);

    private static IEnumerable<string> OnAws => Having(RunsOnAws);

    private static IEnumerable<string> OnlyShown => Having(Shown);

    [TestCaseSource(nameof(OnThisMachine))]
    public async Task Commands_OnThisMachine_Succeed(string document)
    {
        using var folder = new WorkingFolder();

        var result = await folder.RunAsync(string.Join("\n", DocumentExamples.Read(document, Runs)));

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
    }

    [TestCaseSource(nameof(OnAws))]
    public async Task Commands_OnAws_Succeed(string document)
    {
        using var folder = new WorkingFolder();
        await using var stack = await DeployedStack.StartAsync();

        var result = await folder.RunAsync(
            string.Join("\n", [AwsCommand, .. DocumentExamples.Read(document, RunsOnAws)]), stack.Environment);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
    }

    [TestCaseSource(nameof(OnlyShown))]
    public async Task Commands_Shown_AreShell(string document)
    {
        foreach (var block in DocumentExamples.Read(document, Shown))
        {
            var result = await Command.RunAsync("bash", ["-n", "-c", block], Repository.Root);

            Assert.That(result.ExitCode, Is.Zero, result.Everything);
        }
    }

    [Test]
    public void Documents_ShellFences_AreMarked()
    {
        var unmarked = Documents.SelectMany(document => File.ReadLines(Repository.PathOf(document))
            .Where(line => line.StartsWith("```", StringComparison.Ordinal) && line[3..].Split(' ')[0] is "shell" or "console" or "bash")
            .Select(line => $"{document}: {line}"));

        // The README's two commands are what people paste, and what continuous integration runs.
        Assert.That(unmarked.Where(fence => !fence.StartsWith("README.md", StringComparison.Ordinal)), Is.Empty);
    }

    private static IEnumerable<string> Having(string kind) => Documents.Where(document => DocumentExamples.Read(document, kind).Count > 0);
}
