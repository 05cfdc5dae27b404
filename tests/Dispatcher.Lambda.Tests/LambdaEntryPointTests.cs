using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Lambda.Tests;

public sealed class LambdaEntryPointTests
{
    private CapturedOutput _captured = null!;
    private TestClock _clock = null!;
    private ProbeBehaviour _probe = null!;
    private ServiceProvider _services = null!;

    [SetUp]
    public void SetUp()
    {
        _captured = new CapturedOutput();
        _clock = new TestClock();
        _probe = new ProbeBehaviour();
        var services = new ServiceCollection();
        services.AddSingleton(_captured.Output);
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton(_probe);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddMaintenanceDispatcher()
            .UseStandardMiddleware()
            .AddJob<ProbeJob>("probe", options => options.Description = "Does what a test says.")
            .AddLambdaHost()
            .AddRunLines()
            .AddEmfMetrics()
            .AddLogLines();
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _services.DisposeAsync();
        _captured.Dispose();
    }

    [Test]
    public async Task HandleAsync_JobSucceeds_AnswersItsRecordAndWritesRecordAndMetrics()
    {
        var answer = await InvokeAsync("""{"job":"probe"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.GetProperty("status").GetString(), Is.EqualTo("succeeded"));
            Assert.That(RecordLine().GetProperty("runId").GetString(), Is.EqualTo(answer.GetProperty("runId").GetString()));
            Assert.That(MetricsLine().GetProperty("Succeeded").GetDouble(), Is.EqualTo(1));
            Assert.That(MetricsLine().GetProperty("runId").GetString(), Is.EqualTo(answer.GetProperty("runId").GetString()));
        }
    }

    [Test]
    public async Task HandleAsync_Job_LogsUnderTheRunAndTheRequest()
    {
        var answer = await InvokeAsync("""{"job":"probe"}""");

        var started = _captured.Json.Single(
            line => line.TryGetProperty("message", out var message) && message.GetString() == "Job probe started, dry run: False.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(started.GetProperty("job").GetString(), Is.EqualTo("probe"));
            Assert.That(started.GetProperty("runId").GetString(), Is.EqualTo(answer.GetProperty("runId").GetString()));
            Assert.That(started.GetProperty("requestId").GetString(), Is.EqualTo("request-1"));
            Assert.That(started.GetProperty("category").GetString(), Is.EqualTo("Dispatcher.Jobs.probe"));
        }
    }

    [Test]
    public async Task HandleAsync_JobFails_ThrowsAfterRecordAndMetricsAreWritten()
    {
        _probe.Run = (_, _) => Task.FromResult(JobResult.Failed("The table 'T' is missing. Create it."));

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => InvokeAsync("""{"job":"probe"}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                failure!.Message, Is.EqualTo($"Job 'probe' failed: The table 'T' is missing. Create it. (run {failure.Record.RunId})"));
            Assert.That(RecordLine().GetProperty("status").GetString(), Is.EqualTo("failed"));
            Assert.That(MetricsLine().GetProperty("Failed").GetDouble(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task HandleAsync_JobFailsWithLongErrors_KeepsTheMessageSmallAndTheRecordWhole()
    {
        _probe.Run = (context, _) =>
        {
            for (var item = 0; item < 100; item++)
            {
                context.Errors.Add($"s3://bucket/{item}", new string('ö', 500));
            }

            return Task.FromResult(JobResult.Failed(new string('ö', 100_000)));
        };

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => InvokeAsync("""{"job":"probe"}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetByteCount(failure!.Message), Is.InRange(990, 1_000));
            Assert.That(failure.Message, Does.EndWith($"ö… (run {failure.Record.RunId})"));
            Assert.That(RecordLine().GetProperty("errors").GetArrayLength(), Is.EqualTo(100));
            Assert.That(RecordLine().GetProperty("runId").GetString(), Is.EqualTo(failure.Record.RunId));
        }
    }

    [Test]
    public async Task HandleAsync_JobFails_LogsOneErrorWithJobAndRun([Values] bool unexpectedly)
    {
        _probe.Run = (_, _) =>
            unexpectedly ? throw new InvalidOperationException("broken") : Task.FromResult(JobResult.Failed("There is no table."));

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => InvokeAsync("""{"job":"probe"}"""));

        var error = _captured.Json.Single(line => line.TryGetProperty("level", out var level) && level.GetString() == "ERROR");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.GetProperty("job").GetString(), Is.EqualTo("probe"));
            Assert.That(error.GetProperty("runId").GetString(), Is.EqualTo(failure!.Record.RunId));
            Assert.That(
                error.GetProperty("message").GetString(), Does.StartWith($"Job probe failed in run {failure.Record.RunId} after 0 ms: "));
            Assert.That(error.TryGetProperty("exception", out _), Is.EqualTo(unexpectedly));
        }
    }

    [TestCase("partial", "WARN")]
    [TestCase("continued", "INFO")]
    [TestCase("skipped", "INFO")]
    public async Task HandleAsync_JobEndsOtherwise_LogsNoError(string status, string level)
    {
        _probe.Run = (_, _) => Task.FromResult(status switch
        {
            "partial" => JobResult.Partial("One item failed."),
            "continued" => JobResult.Continued("More is left."),
            _ => JobResult.Skipped("Nothing to do."),
        });

        await InvokeAsync("""{"job":"probe"}""");

        var levels = _captured.Json.Where(line => line.TryGetProperty("level", out _))
            .Select(line => line.GetProperty("level").GetString());
        Assert.That(levels.Distinct(), Is.EquivalentTo(new[] { "INFO", level }.Distinct()));
    }

    [Test]
    public async Task HandleAsync_TextFromOutside_BeginsNoLineAndHidesNothing()
    {
        const string Hostile = "a\n{\"_aws\":1}\r\u2028\u202e\u0085b";
        _probe.Run = (context, _) =>
        {
            context.Errors.Add(Hostile, Hostile);
            return Task.FromResult(JobResult.Failed(Hostile));
        };

        var failure = await Assert.ThrowsAsync<JobFailedException>(
            () => InvokeAsync("""{"job":"probe","id":"a\n{\"_aws\":1}\u2028\u202e"}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_captured.Json, Has.Count.EqualTo(_captured.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
            Assert.That(
                _captured.Text, Does.Not.Contain('\u2028').And.Not.Contain('\u202e').And.Not.Contain('\u0085').And.Not.Contain('\r'));
            Assert.That(failure!.Message, Does.Contain("""failed: a {"_aws":1}\r\u2028\u202e\u0085b""").And.Not.Contain('\n'));
        }
    }

    [Test]
    public async Task HandleAsync_JobIgnoresItsDeadline_IsReportedBeforeLambdaEndsTheProcess()
    {
        var started = new TaskCompletionSource();
        var never = new TaskCompletionSource<JobResult>();
        _probe.Run = (_, _) =>
        {
            started.SetResult();
            return never.Task;
        };

        var invocation = InvokeAsync("""{"job":"probe"}""", TimeSpan.FromSeconds(60));
        await started.Task;
        await _clock.WhenTimersWaitAsync(2);
        _clock.Advance(TimeSpan.FromSeconds(59));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => invocation, Throws.TypeOf<JobFailedException>().With.Message.Contains("did not stop at its deadline"));
            Assert.That(RecordLine().GetProperty("status").GetString(), Is.EqualTo("failed"));
            Assert.That(RecordLine().GetProperty("durationMs").GetInt64(), Is.InRange(45_000, 59_000));
            Assert.That(MetricsLine().GetProperty("Failed").GetDouble(), Is.EqualTo(1));
        }
    }

    [TestCase(0)]
    [TestCase(-62_135_596_800)]
    public async Task HandleAsync_NoRemainingTime_RunsWithoutDeadline(double seconds)
    {
        DateTimeOffset? deadline = DateTimeOffset.MinValue;
        _probe.Run = (context, _) =>
        {
            deadline = context.Deadline;
            return Task.FromResult(JobResult.Succeeded("Done."));
        };

        await InvokeAsync("""{"job":"probe"}""", TimeSpan.FromSeconds(seconds));

        Assert.That(deadline, Is.Null);
    }

    [Test]
    public async Task HandleAsync_RemainingTime_BecomesTheDeadlineLessItsMargin()
    {
        DateTimeOffset? deadline = null;
        _probe.Run = (context, _) =>
        {
            deadline = context.Deadline;
            return Task.FromResult(JobResult.Succeeded("Done."));
        };

        await InvokeAsync("""{"job":"probe"}""", TimeSpan.FromMinutes(15));

        Assert.That(deadline, Is.EqualTo(_clock.GetUtcNow() + TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(15)));
    }

    [Test]
    public async Task HandleAsync_List_NamesTheJobsAndRunsNone()
    {
        var answer = await InvokeAsync("""{"job":"$list"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer[0].GetProperty("name").GetString(), Is.EqualTo("probe"));
            Assert.That(_probe.Made, Is.Zero);
            Assert.That(_captured.Text, Is.Empty);
        }
    }

    [Test]
    public async Task HandleAsync_Describe_DescribesTheJob()
    {
        var answer = await InvokeAsync("""{"job":"$describe","parameters":{"name":"probe"}}""");

        Assert.That(answer.GetProperty("description").GetString(), Is.EqualTo("Does what a test says."));
    }

    [Test]
    public void HandleAsync_PayloadWrong_ThrowsAndRunsNothing()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => InvokeAsync("""{"job":"prob","dry_run":true}"""),
                Throws.TypeOf<JobRequestException>()
                    .With.Message.Contains("Did you mean 'probe'?").And.Message.Contains("Did you mean 'dryRun'?"));
            Assert.That(_probe.Made, Is.Zero);
        }
    }

    private Task<JsonElement> InvokeAsync(string payload, TimeSpan remaining = default)
    {
        var context = new Mock<ILambdaContext>();
        context.SetupGet(mock => mock.RemainingTime).Returns(remaining);
        context.SetupGet(mock => mock.AwsRequestId).Returns("request-1");
        return _services.GetRequiredService<LambdaEntryPoint>().HandleAsync(JsonElement.Parse(payload), context.Object);
    }

    private JsonElement RecordLine() => _captured.Json.Single(line => line.TryGetProperty("attempts", out _));

    private JsonElement MetricsLine() => _captured.Json.Single(line => line.TryGetProperty("_aws", out _));
}
