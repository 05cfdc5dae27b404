using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dispatcher.Tool.Tests.Foreign;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.Completion;

/// <summary>Asks the directive that the scripts of all shells ask.</summary>
[NonParallelizable]
public sealed class SuggestActionTests
{
    private const string RunOptions = "--dry-run --help --json --max-bytes --max-changes --max-changes-per-second --max-changes-percent "
        + "--parameter --parameters --plan --profile --region --shards --verbose --workers --yes";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("ru", "run")]
    [TestCase("  ru", "run")]
    [TestCase("local ", "down status up")]
    [TestCase("completion ", "bash fish powershell zsh")]
    [TestCase("completion bash ", "--help --profile --region --verbose")]
    [TestCase("unknown ", "")]
    [TestCase("run ", "ping-server rotate-logs")]
    [TestCase("run R", "rotate-logs")]
    [TestCase("describe ", "ping-server rotate-logs")]
    [TestCase("history r", "rotate-logs")]
    [TestCase("report p", "ping-server")]
    [TestCase("run --dry-run r", "rotate-logs")]
    [TestCase("run rotate-logs ", RunOptions)]
    [TestCase("run rotate-logs r", "")]
    [TestCase("run rotate-logs --d", "--dry-run")]
    [TestCase("run rotate-logs --json --d", "--dry-run")]
    [TestCase("history --status f", "failed")]
    [TestCase("history --status=f", "--status=failed")]
    [TestCase("history --limit 3 --status s", "skipped succeeded")]
    [TestCase("run unknown -p ", "")]
    [TestCase("run ping-server -p ", "")]
    [TestCase("run rotate-logs -p ", "compress= folder= mode= olderThanDays=")]
    [TestCase("run rotate-logs -p m", "mode=")]
    [TestCase("run -p mode=archive rotate-logs -p ", "compress= folder= olderThanDays=")]
    [TestCase("run rotate-logs -p mode=archive --", RunOptions)]
    [TestCase("run rotate-logs -p mode=", "mode=archive mode=remove")]
    [TestCase("run rotate-logs -p mode=r", "mode=remove")]
    [TestCase("run rotate-logs -p compress=", "compress=false compress=true")]
    [TestCase("run rotate-logs -p olderThanDays=", "")]
    [TestCase("run rotate-logs -p none=", "")]
    [TestCase("run rotate-logs --parameter mode=r", "mode=remove")]
    [TestCase("run rotate-logs --parameter=mode=r", "--parameter=mode=remove")]
    [TestCase("run 'rotate-logs' -p 'mode=r", "mode=remove")]
    [TestCase("run rotate-logs -p \"folder=a b\" -p mode=r", "mode=remove")]
    [TestCase("run rotate-logs -p 'folder=it'\\''s: \"q\"' -p mode=r", "mode=remove")]
    [TestCase("run rotate-logs -p 'folder=a b", "")]
    [TestCase("run rotate-logs -p mode=\"r", "mode=remove")]
    [TestCase("run rotate-logs -p http://a:1/?b=c -p mode=r", "mode=remove")]
    [TestCase("show r", "")]
    public async Task Suggest_Line_ListsWhatCanStandThere(string line, string expected) =>
        Assert.That(await SuggestAsync(line), Is.EqualTo(expected));

    [Test]
    public async Task Suggest_EmptyLine_ListsEveryCommand() => Assert.That(
        await SuggestAsync(""),
        Is.EqualTo("apply audit completion describe events export history invoke list local logs "
            + "pause plan redrive report restore resume run schedules show status template validate"));

    [TestCase("[suggest:2]", "run")]
    [TestCase("[suggest:99]", "")]
    public async Task Suggest_Position_IsTheCursor(string directive, string expected)
    {
        var result = await AcmeJobs.RunAsync(_folder.Path, directive, "run rotate-logs ");

        Assert.That(result.Output.Split('\n')[0], Is.EqualTo(expected.Length > 0 ? expected : "--dry-run"));
    }

    [Test]
    public async Task Suggest_Run_ListsTheNewestTwentyFirst()
    {
        var ids = await WriteRunsAsync(25);

        await AssertSuggestedAsync("show ", string.Join(' ', ids.Reverse().Take(20)));
        await AssertSuggestedAsync($"show {ids[0][..20]}", ids[0]);
        Assert.That(await SuggestAsync($"show {ids[0]} --u"), Is.EqualTo("--utc"));
    }

    [Test]
    public async Task Help_OfShow_ListsNoRuns()
    {
        var ids = await WriteRunsAsync(1);

        var help = await AcmeJobs.RunAsync(_folder.Path, "show", "--help");

        Assert.That(help.Output, Does.Contain("<RUN>").And.Not.Contain(ids[0]));
    }

    [Test]
    public async Task Suggest_HistoryCannotBeNamed_WritesNothing() =>
        await AssertNoRunsAsync(new Dictionary<string, string> { ["RUNS_TABLE"] = "not a table!" });

    [Test]
    public async Task Suggest_HistoryDoesNotAnswer_GivesUpAndWritesNothing()
    {
        // The system accepts the connection, and nobody reads from it.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var watch = Stopwatch.StartNew();

        await AssertNoRunsAsync(new Dictionary<string, string>
        {
            ["RUNS_TABLE"] = "maintenance-runs",
            ["AWS_ENDPOINT_URL"] = $"http://{silent.LocalEndpoint}",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "any",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
        });

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "a call to AWS may take 30 s elsewhere");
    }

    private async Task AssertNoRunsAsync(Dictionary<string, string> environment)
    {
        var result = await Dispatch.RunAsync(
            ["[suggest]", "show 0"],
            environment: environment,
            directory: _folder.Path,
            run: (terminal, words) => terminal.RunAsync(AcmeJobs.Add, AcmeJobs.Configure, words));

        Assert.That(result, Is.EqualTo(new ProcessResult(0, "", "")));
    }

    private async Task<IReadOnlyList<string>> WriteRunsAsync(int count)
    {
        var history = LocalRuns.Open(_folder.Path);
        var ids = new List<string>();
        for (var run = 0; run < count; run++)
        {
            var record = SampleRun.Create("rotate-logs", startedAt: DateTimeOffset.UnixEpoch.AddYears(50).AddHours(run));
            await history.WriteAsync(record, CancellationToken.None);
            ids.Add(record.RunId);
        }

        return ids;
    }

    /// <summary>Asks up to five times: a busy machine may read fewer runs within the second that completion waits.</summary>
    private async Task AssertSuggestedAsync(string line, string expected)
    {
        var suggested = await SuggestAsync(line);
        for (var attempt = 1; attempt < 5 && suggested != expected; attempt++)
        {
            suggested = await SuggestAsync(line);
        }

        Assert.That(suggested, Is.EqualTo(expected), line);
    }

    private async Task<string> SuggestAsync(string line)
    {
        var result = await AcmeJobs.RunAsync(_folder.Path, "[suggest]", line);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        return result.Output.TrimEnd('\n').Replace('\n', ' ');
    }
}
