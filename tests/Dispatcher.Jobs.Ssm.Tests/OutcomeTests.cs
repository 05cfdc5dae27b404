using Amazon.SimpleSystemsManagement.Model;
using Dispatcher.Aws;
using Dispatcher.Testing;
using static Dispatcher.Jobs.Ssm.Tests.FakeSsm;
using static Dispatcher.Jobs.Ssm.Tests.SsmHarness;

namespace Dispatcher.Jobs.Ssm.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OutcomeTests
{
    private readonly FakeSsm _ssm = new();
    private readonly TestClock _clock = new();
    private IReadOnlyList<string> _logs = [];

    [Test]
    public async Task Wait_AllInstancesSucceed_IsASuccess()
    {
        _ssm.OnLook = look =>
        {
            if (look == 3)
            {
                _ssm.End("Success", Invocation(First, "Success", output: "one\ntwo\nthree\nfour\n"), Invocation(Second, "Success"));
            }
        };

        var record = await WaitAsync();

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Summary, Does.Match("^Command [0-9a-f-]{36} succeeded on 2 instances.$"));
        Assert.That(record.DurationMs, Is.EqualTo(2 * OutcomePolling.Pause.TotalMilliseconds));
        Assert.That((record.Count("instancesSucceeded"), record.Count("instancesFailed")), Is.EqualTo((2, 0)));
        Assert.That(_logs, Has.Some.Contains($"{First}: Success. Output: two | three | four"));
    }

    [Test]
    public async Task Wait_OneInstanceFails_IsAnItemErrorWithItsShortOutput()
    {
        EndAtOnce("Failed", Invocation(First, "Success"), Invocation(
            Second,
            "Failed",
            2,
            "starting\nPASSWORD=hunter2\n----------ERROR-------\nmanage.py: no such file\u0007\nfailed to run commands: exit status 2"));

        var record = await WaitAsync();

        Assert.That(record.Status, Is.EqualTo(JobStatus.Partial), record.Summary);
        Assert.That(record.Summary, Does.Match($"^Command [0-9a-f-]{{36}} failed on 1 of 2 instances. {Second}: Failed, exit code 2."));
        Assert.That(record.Errors.Single().Item, Is.EqualTo(Second));
        Assert.That(
            record.Errors.Single().Error,
            Is.EqualTo("Failed, exit code 2. Output: ----------ERROR------- | manage.py: no such file\\u0007 | "
                       + "failed to run commands: exit status 2"));
    }

    [Test]
    public async Task Wait_OutputHoldsASecret_MasksItsLine()
    {
        EndAtOnce("Failed", Invocation(First, "Failed", 1, "DATABASE_URL=postgres://app:hunter2@db/app\npassword=hunter2"));

        var record = await WaitAsync();

        Assert.That(record.Errors.Single().Error, Is.EqualTo("Failed, exit code 1. Output: *** | ***"));
        Assert.That(_logs, Has.None.Contains("hunter2"));
    }

    [TestCase("DeliveryTimedOut", "check its agent")]
    [TestCase("ExecutionTimedOut", "raise 'executionTimeoutSeconds'")]
    [TestCase("Undeliverable", "could not be reached")]
    [TestCase("Terminated", "'maxErrors'")]
    public async Task Wait_AllFail_FailsWithWhatToDo(string status, string remedy)
    {
        EndAtOnce("Failed", Invocation(First, status, code: null), Invocation(Second, status, code: null));

        var record = await WaitAsync();

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain($"failed on all 2 instances. {First}: {status}.").And.Contain(remedy));
    }

    [Test]
    public async Task Wait_NoInstanceHasTheTag_Fails()
    {
        EndAtOnce("NoInstancesInTag");
        _ssm.OnLook += _ => _ssm.Commands.ForEach(command => command.Status = "Success");

        var record = await WaitAsync();

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain("reached no instance: NoInstancesInTag. Check that an instance has the tag"));
    }

    [Test]
    public async Task Wait_CancelledByAPerson_Fails()
    {
        EndAtOnce("Cancelled", Invocation(First, "Success"));

        var record = await WaitAsync();

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed), record.Summary);
        Assert.That(record.Summary, Does.Contain("ended as Cancelled after 1 instance: the others were not reached."));
    }

    [Test]
    public async Task Wait_CommandIsForgotten_FailsAfterSixLooks()
    {
        _ssm.OnLook = _ => _ssm.Commands.Clear();

        var record = await WaitAsync();

        Assert.That(record.Summary, Does.Contain("does not know command"));
        Assert.That(_ssm.Looks, Is.EqualTo(6));
    }

    [Test]
    public async Task Wait_Deadline_ContinuesAndTheNextDeliveryWaitsForTheSameCommand()
    {
        await using var harness = Create(_ssm, _clock, Allowed);
        var payload = PayloadOf($$"""{"commands":["sleep 900"],"instanceIds":["{{First}}"],"waitForOutcome":true}""", "\"id\":\"e\",");

        var record = await FinishAsync(harness.RunAsync(payload, _clock.GetUtcNow().AddMinutes(1)), timers: 3);
        _ssm.End("Success", Invocation(First, "Success"));
        var second = await FinishAsync(harness.RunAsync(payload, _clock.GetUtcNow().AddMinutes(1)), timers: 3);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Continued), record.Summary);
        Assert.That(record.Summary, Does.Contain("is still running at the deadline; it continues on the instances."));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Succeeded), second.Summary);
        Assert.That(_ssm.Calls, Has.Count.EqualTo(1));
    }

    private void EndAtOnce(string status, params CommandInvocation[] invocations) =>
        _ssm.OnLook = look =>
        {
            if (look == 1)
            {
                _ssm.End(status, invocations);
            }
        };

    private async Task<RunRecord> WaitAsync()
    {
        await using var harness = Create(_ssm, _clock, Allowed);
        var record = await FinishAsync(harness.RunAsync(PayloadOf(
            $$"""{"commands":["date"],"instanceIds":["{{First}}","{{Second}}"],"waitForOutcome":true}""")));
        _logs = [.. harness.Logs.Lines];
        return record;
    }

    /// <summary>Moves the clock from pause to pause until the run has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="timers">How many timers wait while the job pauses: its own, and two of a deadline.</param>
    private async Task<RunRecord> FinishAsync(Task<RunRecord> run, int timers = 1)
    {
        while (await Task.WhenAny(run, _clock.WhenTimersWaitAsync(timers)) != run)
        {
            _clock.Advance(OutcomePolling.Pause);
        }

        return await run;
    }
}
