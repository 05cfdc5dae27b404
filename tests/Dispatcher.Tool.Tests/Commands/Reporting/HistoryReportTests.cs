using Dispatcher.Hosting;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Tests;
using Dispatcher.Tool.Commands.Reporting;
using Dispatcher.Tool.Commands.Status;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Tool.Tests.Commands.Reporting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HistoryReportTests
{
    private readonly TestTerminal _terminal = new(width: 160);

    [Test]
    public async Task RunAsync_NoFile_SummarizesInTheTerminal()
    {
        var exitCode = await RunAsync(
            null,
            null,
            SampleRun.Create("daily-uptime", bytes: 1L << 40),
            SampleRun.Create("http-trigger", JobStatus.Failed, runId: "r-17", summary: "It answered 503."));

        Assert.That(exitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(_terminal.Out, Does.Contain("2 runs").And.Contain("50.0 % succeeded").And.Contain("1.1 TB freed, about $23.55"));
        Assert.That(_terminal.Out, Does.Contain("r-17").And.Contain("It answered 503."));
        Assert.That(_terminal.Error, Does.Contain("2 runs of 2 jobs since 23 Oct 2026, 06:30, from a list of a test."));
    }

    [Test]
    public async Task RunAsync_File_SaysWhereItWroteAndWhatItRead()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "report.html");

        var exitCode = await RunAsync(path, null, SampleRun.Create());

        Assert.That(exitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(_terminal.Out, Does.StartWith($"Wrote {path} (").And.Contain(
            "1 run of 1 job since 23 Oct 2026, 06:30, from a list of a test."));
        Assert.That(await File.ReadAllTextAsync(path), Does.StartWith("<!DOCTYPE html>").And.EndWith("</html>\n"));
    }

    [Test]
    public async Task RunAsync_Dash_WritesNothingButThePageToStandardOutput()
    {
        await RunAsync("-", null, SampleRun.Create());

        Assert.That(_terminal.Out, Does.StartWith("<!DOCTYPE html>").And.EndWith("</html>\n"));
        Assert.That(_terminal.Error, Does.Contain("1 run of 1 job"));
    }

    [Test]
    public async Task RunAsync_NoRun_SaysWhatToDoAndSucceeds([Values(null, "-")] string? html)
    {
        Assert.That(await RunAsync(html, null), Is.EqualTo(ExitCode.Done));
        Assert.That(_terminal.Out, Does.Contain("--since 90d").And.Contain("--dry-run"));
    }

    [Test]
    public void RunAsync_MisspeltJobWithoutRuns_SuggestsTheRightOne() => Assert.That(
        async () =>
            await RunAsync(null, "daily-uptme"), Throws.TypeOf<BadInputException>().With.Message.Contains("Did you mean 'daily-uptime'?"));

    [Test]
    public async Task RunAsync_JobThatIsNoMore_IsReportedFromTheHistory()
    {
        Assert.That(await RunAsync(null, "old-job", SampleRun.Create("old-job")), Is.EqualTo(ExitCode.Done));
        Assert.That(_terminal.Out, Does.Contain("old-job"));
    }

    [TestCase("2999-01-01")]
    [TestCase("0001-01-02")]
    [TestCase("yesterday")]
    [TestCase("")]
    public void RunAsync_NoTimeInThePast_IsRefused(string since) => Assert.That(
        async () => await CreateReport().RunAsync(since, new ReportRequest(
            null, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), new PriceList(), null), CancellationToken.None),
        Throws.TypeOf<BadInputException>().With.Message.Contains("since"));

    [TestCase("--time-zone", "Europe/Berlim")]
    [TestCase("--storage-price", "-1")]
    [TestCase("--compute-price", "NaN")]
    [TestCase("--request-price", "cheap")]
    [TestCase("--architecture", "mips")]
    [TestCase("--since", "soon")]
    [TestCase("--html", "/")]
    [TestCase("--job", "daily-uptime")]
    public async Task Report_Nonsense_ExitsWith2AndNamesIt(string option, string value)
    {
        Assert.That(await _terminal.RunAsync("report", option, value), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_terminal.Error, Does.Contain(option == "--job" ? option : value).And.Not.Contain("   at "));
    }

    [Test]
    public async Task Report_Help_TeachesTheOptions()
    {
        await _terminal.RunAsync("report", "--help");

        Assert.That(_terminal.Out, Does.Contain("--html <FILE>").And.Contain("dispatch report celery-enqueue --since 24h"));
    }

    private Task<int> RunAsync(string? html, string? job, params RunRecord[] runs) => CreateReport(runs).RunAsync(
        "30d", new ReportRequest(job, TimeZoneInfo.Utc, new PriceList(), html), CancellationToken.None);

    private HistoryReport CreateReport(params RunRecord[] runs)
    {
        var history = new ListedHistory(runs);
        var time = Mock.Of<TimeProvider>(time => time.GetUtcNow() == SampleRun.Now);
        using var services = ToolServices.Build(
            _terminal.Tool, configure: add => add.AddSingleton<IRunHistory>(history).AddSingleton(time));
        return new HistoryReport(
            _terminal.Tool,
            history,
            services.GetRequiredService<JobRegistry>(),
            time,
            StatusSource.Create(_terminal.Tool, services, template: null, new Dictionary<string, string>()));
    }
}
