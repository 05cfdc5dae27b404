using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tool.Terminal;
using Dispatcher.Tool.Tests.Foreign;
using Dispatcher.Tool.Tests.History;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Tests.Commands.Status;

/// <summary>Looks at what 'status' shows of the jobs of a consumer, at a fixed time.</summary>
[NonParallelizable]
public sealed class StatusCommandTests
{
    private const string Template = """
        {"Conditions":{"Never":{"Fn::Equals":["a","b"]}},"Resources":{
          "Chores":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Acme.Chores","Timeout":300}},
          "Nightly":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"cron(0 3 * * ? *)","State":"STATE",
            "Targets":[{"Id":"chores","Arn":{"Fn::GetAtt":["Chores","Arn"]},"Input":"{\"job\":\"rotate-logs\"}"}]}},
          "Absent":{"Type":"AWS::Events::Rule","Condition":"Never","Properties":{"ScheduleExpression":"rate(1 hour)",
            "Targets":[{"Id":"chores","Arn":{"Fn::GetAtt":["Chores","Arn"]},"Input":"{\"job\":\"ping-server\"}"}]}}}}
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        _folder.Write("serverless.template", Template.Replace("STATE", "ENABLED", StringComparison.Ordinal));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Status_JobThatFailed_ComesFirstWithErrorTimesAndCommandOnALine()
    {
        var failed = Run("ping-server", JobStatus.Failed, 1, "The server refused the connection.");
        await WriteAsync(Run("rotate-logs", JobStatus.Succeeded, 3.5), failed, Run("ping-server", JobStatus.Succeeded, 50));

        var result = await RunAsync("status", "--utc");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(result.Output, Does.StartWith("✕ 1 of 2 jobs needs a person. 1 failing, 1 well.\n"));
            Assert.That(result.Output, Does.Contain($"""
                ✕ failing  ping-server
                    failed: The server refused the connection.
                    Last run      2026-11-22 05:30 (1 h ago), failed after 1 min 1 s
                    Last success  2026-11-20 04:30 (2 d 2 h ago)
                  acme show {failed.RunId}

                """));
            Assert.That(result.Output, Does.Match(@"\n✓ rotate-logs  well     3 h ago   3 h ago       in 20 h\n"));
            Assert.That(result.Output, Does.Contain($"From file {RunsFile}, with the schedules of serverless.template.\n"));
            Assert.That(result.Output.Split('\n'), Has.None.EndsWith(" "));
            Assert.That(result.Error, Is.Empty);
        }
    }

    [Test]
    public async Task Status_JobThatStopped15DaysAgo_IsOverdueHoweverWellItWas()
    {
        await WriteAsync([.. Enumerable.Range(15, 10).Select(static day => Run("rotate-logs", JobStatus.Succeeded, (day * 24) + 3.5))]);

        var result = await RunAsync("status", "rotate-logs");

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(result.Output, Does.StartWith("✕ The job needs a person. 1 overdue.\n").And.Contain("◷ overdue  rotate-logs\n"));
        Assert.That(result.Output, Does.Contain("    no run for 15 d 3 h, 15 starts missed\n"));
        Assert.That(result.Output, Does.Contain("\n  acme history rotate-logs\n"));
    }

    [Test]
    public async Task Status_JobThatTheTemplateDoesNotDeploy_IsJudgedByItsRhythm()
    {
        await WriteAsync([.. Enumerable.Range(15, 10).Select(static day => Run("ping-server", JobStatus.Succeeded, day * 24))]);

        Assert.That(
            (await RunAsync("status", "ping-server")).Output,
            Does.Contain("no run for 15 d; before, it ran about every 1 d; not deployed by the template: condition Never\n"));
    }

    [Test]
    public async Task Status_DisabledSchedule_IsAPause()
    {
        _folder.Write("serverless.template", Template.Replace("STATE", "DISABLED", StringComparison.Ordinal));
        await WriteAsync(Run("rotate-logs", JobStatus.Succeeded, 500));

        var result = await RunAsync("status", "rotate-logs");

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(
            result.Output,
            Does.Match(@"\n‖ rotate-logs  paused   20 d ago  20 d ago      –     its schedule is disabled in the template\n"));
    }

    [Test]
    public async Task Status_RunAtWork_ShowsItsIdAndSince()
    {
        var store = LocalRuns.OpenFile(RunsFile);
        var now = DateTimeOffset.UtcNow;
        await store.AcquireAsync(new LeaseRequest("ping-server", "slot:1", "01a2-at-work", now.AddYears(10)));

        var job = await ReadJobAsync("ping-server");

        Assert.That(job.GetProperty("verdict").GetString(), Is.EqualTo("running"));
        Assert.That(job.GetProperty("running")[0].GetProperty("runId").GetString(), Is.EqualTo("01a2-at-work"));
    }

    [Test]
    public async Task Status_Json_HasTheFactsOfEachJob()
    {
        var run = Run("rotate-logs", JobStatus.Partial, 3.5, "2 items failed.");
        await WriteAsync(run, Run("gone", JobStatus.Succeeded, 24 * 15));

        var result = await RunAsync("status", "--json");
        var json = JsonElement.Parse(result.Output);
        var job = json.GetProperty("jobs")[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(json.GetProperty("at").GetDateTimeOffset(), Is.EqualTo(Now));
            Assert.That(json.GetProperty("needsPerson").GetBoolean(), Is.True);
            Assert.That(json.GetProperty("template").GetString(), Is.EqualTo("serverless.template"));
            Assert.That(
                json.GetProperty("jobs").EnumerateArray().Select(static one => one.GetProperty("verdict").GetString()),
                Is.EqualTo(new[] { "partial", "neverRan", "retired" }));
            Assert.That(job.GetProperty("reason").GetString(), Is.EqualTo("250 items failed: s3://media/b.mp4: AccessDenied"));
            Assert.That(job.GetProperty("lastRun").GetProperty("runId").GetString(), Is.EqualTo(run.RunId));
            Assert.That(job.GetProperty("lastSuccess").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(job.GetProperty("next").GetDateTimeOffset(), Is.EqualTo(Now.AddHours(20.5)));
            Assert.That(job.GetProperty("schedule").GetString(), Does.Contain("every day at 03:00"));
            Assert.That(job.GetProperty("nextCommand").GetString(), Is.EqualTo($"acme show {run.RunId}"));
        }
    }

    [Test]
    public async Task Status_RunsOfThisMachine_AreNotExpectedByTheSchedules()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));

        var local = await RunWithFileAsync(null, "status");
        Assert.That(local.ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That(local.Output, Does.Contain("the schedules of serverless.template do not start them").And.Contain("set RUNS_TABLE"));
        Assert.That((await RunWithFileAsync(null, "status", "--template", "serverless.template")).ExitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That((await RunAsync("status")).Output, Does.Contain("? never ran  rotate-logs").And.Contain("\n  acme schedules\n"));
    }

    [Test]
    public async Task Status_BrokenTemplate_HidesNothingUnlessItWasNamed()
    {
        _folder.Write("serverless.template", "{");
        await WriteAsync(Run("rotate-logs", JobStatus.Succeeded, 3.5));

        var result = await RunAsync("status");
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((ExitCode.Done, string.Empty)));
        Assert.That(result.Output, Does.Contain("✓ rotate-logs"));
        Assert.That(result.Output, Does.Contain("Without schedules: The template 'serverless.template' is not"));
        Assert.That((await RunAsync("status", "--template", "serverless.template")).ExitCode, Is.EqualTo(ExitCode.BadInput));
    }

    [TestCase("No job named 'rotate-log' is registered. Did you mean 'rotate-logs'?", "status", "rotate-log")]
    [TestCase("'--interval' must be from 1 to 3600 seconds.", "status", "--watch", "--interval", "0")]
    [TestCase("The template 'none' does not exist", "status", "--template", "none")]
    public async Task Status_Nonsense_ExitsWith2(string error, params string[] args)
    {
        var result = await RunAsync(args);

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(result.Error, Does.Contain(error));
    }

    [Test]
    public async Task Status_HostileNames_StayOnTheirLines()
    {
        await WriteAsync(
            Run("a\n\u001b[2J$(reboot)", JobStatus.Failed, 1, "b\n\u001b[2Jc"), Run(new string('x', 500), JobStatus.Failed, 1));

        var result = await RunAsync("status");
        Assert.That(result.Output, Does.Not.Contain('\u001b').And.Contain("$(reboot)"));
        Assert.That(result.Output.Split('\n'), Has.None.StartsWith("c").And.None.Length.GreaterThan(170));
        Assert.That(result.Output, Does.Match(@"\n  acme show [0-9a-f-]{36}\n"));
    }

    private string RunsFile => Path.Combine(_folder.Path, "runs.db");

    private static RunRecord Run(string job, JobStatus status, double hoursAgo, string summary = "Done.") =>
        SampleRun.Create(job, status, summary, Now.AddHours(-hoursAgo));

    private async Task WriteAsync(params RunRecord[] runs)
    {
        var store = LocalRuns.OpenFile(RunsFile);
        foreach (var run in runs)
        {
            await store.WriteAsync(run, CancellationToken.None);
        }
    }

    private async Task<JsonElement> ReadJobAsync(string job) =>
        JsonElement.Parse((await RunAsync("status", job, "--json")).Output).GetProperty("jobs")[0];

    private Task<ProcessResult> RunAsync(params string[] args) => RunWithFileAsync(RunsFile, args);

    private Task<ProcessResult> RunWithFileAsync(string? file, params string[] args) => Dispatch.RunAsync(
        args,
        environment: file is null ? null : new Dictionary<string, string> { ["RUNS_FILE"] = file },
        directory: _folder.Path,
        run: static (terminal, words) => terminal.RunAsync(
            AcmeJobs.Add,
            static options =>
            {
                AcmeJobs.Configure(options);
                options.ConfigureServices = static services => services.AddSingleton<TimeProvider>(new TestClock(Now));
            },
            words));
}
