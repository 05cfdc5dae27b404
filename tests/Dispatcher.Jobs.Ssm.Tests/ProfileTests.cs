using static Dispatcher.Jobs.Ssm.Tests.SsmHarness;

namespace Dispatcher.Jobs.Ssm.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProfileTests
{
    private readonly FakeSsm _ssm = new();

    [Test]
    public async Task RunAsync_Profile_NeedsNoAllowList()
    {
        await using var harness = Create(_ssm, [.. Profile, ("SsmCommands:uptime:OutputS3BucketName", "outputs")]);

        var record = await harness.RunAsync(PayloadOf(Named));

        var request = _ssm.Calls.Single();
        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(request.Parameters["commands"], Is.EqualTo(new[] { "cd /srv/app, then manage.py run_daily_uptime" }));
        Assert.That(request.Parameters["executionTimeout"], Is.EqualTo(new[] { "600" }));
        Assert.That((request.Targets.Single().Key, request.Targets.Single().Values.Single()), Is.EqualTo(("tag:Role", "web")));
        Assert.That(request.OutputS3BucketName, Is.EqualTo("outputs"));
    }

    [TestCase("""{"document":"Own","parameters":{"mode":["fast"]},"instanceIds":["i-0a1b2c3d4e5f60718"]}""")]
    public async Task RunAsync_ProfileAsOneJsonText_IsRead(string profile)
    {
        await using var harness = Create(_ssm, ("SsmCommands:uptime", profile));

        await harness.RunAsync(PayloadOf(Named));

        Assert.That(_ssm.Calls.Single().DocumentName, Is.EqualTo("Own"));
        Assert.That(_ssm.Calls.Single().InstanceIds, Is.EqualTo(new[] { First }));
    }

    [Test]
    public async Task RunAsync_PayloadFillsInWhatTheProfileLeavesOpen_IsMerged()
    {
        await using var harness = Create(_ssm, Profile);

        await harness.RunAsync(PayloadOf("""{"profile":"uptime","timeoutSeconds":90,"maxErrors":"2","comment":"by hand"}"""));

        var request = _ssm.Calls.Single();
        Assert.That((request.TimeoutSeconds, request.MaxErrors), Is.EqualTo(((int?)90, "2")));
        Assert.That(request.Comment, Does.StartWith("by hand "));
    }

    [TestCase("""{"profile":"uptime","executionTimeoutSeconds":9}""", "'executionTimeoutSeconds': fixed by SsmCommands:uptime")]
    [TestCase("""{"profile":"uptime","instanceIds":["i-0a1b2c3d4e5f60718"]}""", "'instanceIds': fixed by SsmCommands:uptime")]
    [TestCase(
        """{"profile":"uptime","targets":[{"key":"tag:Role","values":["db"]}]}""", "'targets': fixed by SsmCommands:uptime")]
    public async Task RunAsync_PayloadReplacesWhatTheProfileFixes_IsRefused(string parameters, string problem)
    {
        await using var harness = Create(_ssm, [.. Profile, .. Allowed]);

        var record = await harness.RunAsync(PayloadOf(parameters));

        Assert.That(record.Summary, Does.Contain(problem));
        Assert.That(_ssm.Calls, Is.Empty);
    }

    [TestCase(null, 0)]
    [TestCase(Second, 0)]
    [TestCase(First, 1)]
    public async Task RunAsync_ProfileWithoutInstances_TakesAllowedOnesOfThePayload(string? allowed, int calls)
    {
        await using var harness = Create(_ssm, ("SsmCommands:uptime:Commands", "date"), ("SSM_ALLOWED_TARGETS", allowed));

        var record = await harness.RunAsync(PayloadOf($$"""{"profile":"uptime","instanceIds":["{{First}}"]}"""));

        Assert.That(_ssm.Calls, Has.Count.EqualTo(calls), record.Summary);
    }

    [TestCase("TimeoutSeconds", "1", "'timeoutSeconds' is 1")]
    [TestCase("ExecutionTimeoutSeconds", "0", "'executionTimeoutSeconds' is 0")]
    [TestCase("Comment", "", "'comment' has 0 characters")]
    [TestCase("InstanceIds", "web-1", "'instanceIds' and 'targets' both name the instances")]
    [TestCase("Nonsense", "1", "cannot be read")]
    [TestCase("Comands", "date", "Unknown field 'Comands'. Did you mean 'commands'?")]
    public async Task RunAsync_BadValueInTheProfile_IsNamed(string setting, string value, string problem)
    {
        await using var harness = Create(_ssm, [.. Profile, ($"SsmCommands:uptime:{setting}", value)]);

        var record = await harness.RunAsync(PayloadOf(Named));

        Assert.That(record.Summary, Does.Contain(problem));
        Assert.That(_ssm.Calls, Is.Empty);
    }

    [Test]
    public async Task RunAsync_NoSuchProfile_NamesThoseThatExist()
    {
        await using var harness = Create(_ssm, Profile);

        var record = await harness.RunAsync(PayloadOf("""{"profile":"downtime"}"""));

        Assert.That(record.Summary, Does.Contain("no profile 'downtime' under SsmCommands").And.Contain("Profiles: uptime."));
    }
}
