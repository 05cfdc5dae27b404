using Dispatcher.Testing;
using Dispatcher.Tests.Leases;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Tests.Telemetry;

/// <summary>What the log says of a run.</summary>
public sealed class RunLogTests
{
    [TestCase(TestRun.Payload, "False")]
    [TestCase(TestRun.DryRunPayload, "True")]
    public async Task Run_Begins_IsLogged(string payload, string isDryRun)
    {
        await using var harness = TestRun.Harness(static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")));

        await harness.RunAsync(payload);

        Assert.That(harness.Logs.Lines[0], Does.StartWith("Information ").And.Contain(TestRun.JobName).And.Contain(isDryRun));
    }

    [TestCase(0, "Information", "Succeeded")]
    [TestCase(1, "Warning", "Partial")]
    public async Task Run_Ends_IsLoggedOnOneLine(int errors, string level, string status)
    {
        var clock = new TestClock();
        await using var harness = TestRun.Harness(
            (context, _) =>
            {
                Enumerable.Range(0, errors).ToList().ForEach(index => context.Errors.Add($"{index}", "broken"));
                clock.Advance(TimeSpan.FromMilliseconds(1_500));
                return Task.FromResult(JobResult.Succeeded("All done."));
            },
            timeProvider: clock);

        await harness.RunAsync(TestRun.Payload);

        Assert.That(
            harness.Logs.Lines.Where(static line => line.Contains(" after ", StringComparison.Ordinal)),
            Has.One.StartsWith($"{level} ").And.One.EndsWith($": Job {status} after 1500 ms: All done."));
    }

    [Test]
    public async Task Run_IsRetried_IsLoggedWithTheError()
    {
        var attempts = 0;
        await using var harness = TestRun.Harness(
            (_, _) => ++attempts == 1 ? throw new TransientJobException("Not yet.") : Task.FromResult(JobResult.Succeeded("Done.")),
            configuration: new() { ["Retry:BaseDelaySeconds"] = "0" });

        await harness.RunAsync(TestRun.Payload);

        Assert.That(
            harness.Logs.Lines,
            Has.One.EqualTo("Warning Dispatcher.Jobs.test-job: Attempt 1 failed; the next one begins in 0 ms. Not yet."));
    }

    [Test]
    public async Task Run_CallerHasGivenUpBefore_DoesNotBeginTheJob()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var hasBegun = false;
        await using var harness = TestRun.Harness((_, _) =>
        {
            hasBegun = true;
            return Task.FromResult(JobResult.Succeeded("Done."));
        });

        var record = await harness.RunAsync(TestRun.Payload, cancellationToken: stop.Token);

        Assert.That((record.Status, hasBegun), Is.EqualTo((JobStatus.Failed, false)));
    }

    [Test]
    public async Task Run_NoRunStore_IsLoggedOnce()
    {
        await using var harness = TestRun.Harness(
            static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")), static options => options.PreventOverlap());

        await harness.RunAsync(LeaseHarness.Payload);
        await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(harness.Logs.Lines, Has.One.Contains("LeaseKeeper"));
    }

    [Test]
    public async Task Run_RunStoreExists_IsNotLoggedAsMissing()
    {
        var clock = new TestClock();
        await using var harness = LeaseHarness.Create(
            static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")), new MemoryRunStore(clock), clock);

        await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(harness.Logs.Lines, Has.None.Contains("LeaseKeeper"));
    }

    [Test]
    public async Task Run_FailsOutsideOfTheTelemetry_IsLoggedAsAnError()
    {
        await using var harness = new JobHarness(static builder =>
        {
            builder.Services.RemoveAll<Dispatcher.Pipeline.MiddlewareRegistration>();
            builder.Services.AddSingleton<JobBody>(static (_, _) => throw new InvalidOperationException("odd"));
            builder.AddJob<DelegateJob>(TestRun.JobName);
        });

        var record = await harness.RunAsync(TestRun.Payload);

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Failed, "InvalidOperationException: odd")));
        Assert.That(
            harness.Logs.Lines, Has.One.StartsWith("Error Dispatcher.Jobs.test-job: ").And.One.Contains("InvalidOperationException: odd"));
    }

    [TestCase(true, "no task")]
    [TestCase(false, "no result")]
    public async Task Run_JobReturnsNothing_FailsWithTheRemedy(bool isTask, string what)
    {
        await using var harness = TestRun.Harness((_, _) => isTask ? null! : Task.FromResult<JobResult>(null!));

        var record = await harness.RunAsync(TestRun.Payload);

        Assert.That(record.Summary, Is.EqualTo(
            $"Job 'test-job' (DelegateJob) returned {what}. Return a JobResult, for example JobResult.Succeeded(\"…\")."));
    }

    [Test]
    public async Task Run_JobIsRegisteredWithoutItsParameters_FailsWithTheRemedy()
    {
        await using var harness = new JobHarness(static builder => builder.AddJob<SampleJob>("sample"));

        var record = await harness.RunAsync("""{"job":"sample"}""");

        Assert.That(record.Summary, Is.EqualTo(
            "InvalidOperationException: Job 'sample' takes SampleParameters, but was registered without them. "
            + "Register it with AddJob<SampleJob, SampleParameters>(name, jsonTypeInfo)."));
    }

    [Test]
    public void DryRunViolation_Message_SaysWhatToDo() => Assert.That(
        new DryRunViolationException("POST https://example.com").Message,
        Is.EqualTo("A dry run called POST https://example.com outside of the change gate; the call was refused. "
            + "This is a bug in the job: pass the call to context.Changes.ApplyAsync."));

    [Test]
    public async Task Retry_ErrorsOfTheLastAttempt_AreForgotten()
    {
        var attempts = 0;
        await using var harness = TestRun.Harness(
            (context, _) =>
            {
                context.Errors.Add($"item {++attempts}", "broken");
                context.Counters.Set("seen", attempts);
                return attempts == 1 ? throw new TransientJobException("Not yet.") : Task.FromResult(JobResult.Succeeded("Done."));
            },
            configuration: new() { ["Retry:BaseDelaySeconds"] = "0" });

        var record = await harness.RunAsync(TestRun.Payload);

        Assert.That(record.Errors, Is.EqualTo(new[] { new ItemError("item 2", "broken") }));
        Assert.That((record.ItemErrorCount, record.Count("seen"), record.Count("none")), Is.EqualTo((1L, 2L, 0L)));
    }

    [Test]
    public void JobResultFailed_Text_IsOneLineUnlessItIsThatOfTheException()
    {
        var problems = new PermanentJobException(["First.", "Second."]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(JobResult.Failed("a\nb").Summary, Is.EqualTo("a b"));
            Assert.That(JobResult.Failed("a\nb", problems).Summary, Is.EqualTo("a b"));
            Assert.That(JobResult.Failed("a\nb", new InvalidOperationException("a\nb")).Summary, Is.EqualTo("a b"));
            Assert.That(JobResult.Failed(problems.Message, problems).Summary, Is.EqualTo(problems.Message).And.Contains("\n"));
        }
    }
}
