using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Tool.Tests.Foreign;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.Running.Confirmation;

/// <summary>Confirms runs at a terminal.</summary>
[NonParallelizable]
public sealed class RunConfirmationTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("n\n", 2)]
    [TestCase("", 2)]
    [TestCase("y\n", 0)]
    [TestCase("Yes\n", 0)]
    public async Task Run_AtATerminal_AsksFirst(string answer, int exitCode)
    {
        var (result, terminal) = await RunAsync(answer, "run", "rotate-logs", "--max-changes", "7");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(exitCode), terminal.Error);
            Assert.That(terminal.Error, Does.Contain("Run it? [y/N]").And.Match("Job +rotate-logs"));
            Assert.That(terminal.Error, Does.Match("As +[^ ]").And.Match("Where +host"));
            Assert.That(terminal.Error, Does.Match("Limits +maxChanges 7 \\(payload\\)"));
            Assert.That(terminal.Error, Does.Match("Last plan +none with these parameters"));
            Assert.That(terminal.Out, exitCode == 0 ? Does.Contain("2 changes made") : Is.Empty);
            Assert.That(await LocalRuns.ListAsync(LocalRuns.Open(_folder.Path)), Has.Count.EqualTo(exitCode == 0 ? 1 : 0));
        }
    }

    [TestCase("--yes")]
    [TestCase("-y")]
    [TestCase("--dry-run")]
    public async Task Run_NothingToConfirm_DoesNotAsk(string option)
    {
        var (result, terminal) = await RunAsync("", "run", "rotate-logs", option);

        Assert.That(result, Is.Zero, terminal.Error);
        Assert.That(terminal.Error, Is.Empty);
    }

    [Test]
    public async Task Run_EnvironmentForcesADryRun_DoesNotAsk()
    {
        var (result, terminal) = await RunInAsync("", new Dictionary<string, string> { ["DRY_RUN"] = "true" }, "run", "rotate-logs");

        Assert.That(result, Is.Zero, terminal.Error);
        Assert.That(terminal.Error, Is.Empty);
    }

    [Test]
    public async Task Run_NoTerminal_RunsAsBefore()
    {
        var result = await AcmeJobs.RunAsync(_folder.Path, "run", "rotate-logs");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Not.Contain("[y/N]"));
    }

    [Test]
    public async Task Run_AfterADryRunWithTheSameParameters_ShowsItsPlan()
    {
        await RunAsync("", "run", "rotate-logs", "--dry-run", "-p", "folder=other");

        var (_, same) = await RunAsync("n\n", "run", "rotate-logs", "-p", "folder=other");
        var (_, different) = await RunAsync("n\n", "run", "rotate-logs", "-p", "folder=third");

        Assert.That(same.Error, Does.Match("folder +other"));
        Assert.That(same.Error, Does.Match("Last plan +2 changes; less than a minute old \\(run [0-9a-f-]+\\)"));
        Assert.That(different.Error, Does.Match("Last plan +none with these parameters").And.Match("folder +third"));
    }

    [Test]
    public async Task Run_OnAws_ShowsCallerAccountEndpointAndTargets()
    {
        var server = await LocalAws.ResetAsync();
        var variables = new LocalEnvironment(server, LocalResources.Variables).Variables;
        var terminal = new TestTerminal(width: 160, "n\n", isInputTyped: true);
        var result = await Dispatch.RunAsync(
            ["run", "video-upload-cleanup"],
            environment: new Dictionary<string, string>(variables),
            directory: _folder.Path,
            run: (_, words) => terminal.RunAsync(words));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(terminal.Error, Does.Match("As +arn:aws:sts::123456789012:"));
            Assert.That(terminal.Error, Does.Match("Where +account 123456789012, region [a-z0-9-]+, endpoint http://127.0.0.1:"));
            Assert.That(terminal.Error, Does.Contain($"{LocalResources.Table} (TABLE_NAME)"));
            Assert.That(terminal.Error, Does.Contain($"{LocalResources.Bucket} (BUCKET)"));
        }
    }

    [Test]
    public async Task Run_DatabaseJob_ShowsTheDatabaseWithoutItsPassword()
    {
        var terminal = new TestTerminal(width: 160, "n\n", isInputTyped: true);
        await Dispatch.RunAsync(
            ["run", "daily-uptime"],
            environment: new Dictionary<string, string> { ["DATABASE_URL"] = "postgres://jobs:s3cret@127.0.0.1:9/app" },
            directory: _folder.Path,
            run: (_, words) => terminal.RunAsync(words));

        Assert.That(terminal.Error, Does.Match("Database +database 'app' on 127.0.0.1:9 as user 'jobs'").And.Not.Contain("s3cret"));
    }

    private Task<(int ExitCode, TestTerminal Terminal)> RunAsync(string answer, params string[] args) => RunInAsync(answer, [], args);

    private async Task<(int ExitCode, TestTerminal Terminal)> RunInAsync(
        string answer, Dictionary<string, string> environment, params string[] args)
    {
        var terminal = new TestTerminal(width: 160, answer, isInputTyped: true);
        var result = await Dispatch.RunAsync(
            args,
            environment: environment,
            directory: _folder.Path,
            run: (_, words) => terminal.RunAsync(AcmeJobs.Add, AcmeJobs.Configure, words));
        return (result.ExitCode, terminal);
    }
}
