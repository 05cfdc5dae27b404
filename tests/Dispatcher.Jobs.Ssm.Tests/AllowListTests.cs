using static Dispatcher.Jobs.Ssm.Tests.SsmHarness;

namespace Dispatcher.Jobs.Ssm.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AllowListTests
{
    private const string Tagged = """{"commands":["date"],"targets":[{"key":"tag:Role","values":["web","api"]}]}""";

    private readonly FakeSsm _ssm = new();

    [Test]
    public async Task RunAsync_NothingConfigured_RefusesWhatAPayloadDescribes()
    {
        await using var harness = Create(_ssm);

        var record = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(
            record.Summary,
            Does.Contain("document 'AWS-RunShellScript': SSM_ALLOWED_DOCUMENTS is not set, so a payload may name none.")
                .And.Contain($"target '{First}': SSM_ALLOWED_TARGETS is not set, so a payload may name none."));
        Assert.That(_ssm.Calls, Is.Empty);
    }

    [TestCase("AWS-RunShellScript", "tag:Role=web, tag:Role=api", Tagged, null)]
    [TestCase("AWS-Run*", "tag:Role=*", Tagged, null)]
    [TestCase("AWS-Run*", "tag:Role=web", Tagged, "target 'tag:Role=api': SSM_ALLOWED_TARGETS allows tag:Role=web.")]
    [TestCase("Own-Document", "*", Tagged, "document 'AWS-RunShellScript': SSM_ALLOWED_DOCUMENTS allows Own-Document.")]
    [TestCase("aws-runshellscript", "*", Tagged, "document 'AWS-RunShellScript'")]
    [TestCase("*", First, Minimal, null)]
    [TestCase("*", Second, Minimal, $"target '{First}': SSM_ALLOWED_TARGETS allows {Second}.")]
    public async Task RunAsync_AllowLists_AllowOnlyWhatTheyName(string documents, string targets, string parameters, string? problem)
    {
        await using var harness = Create(_ssm, ("SSM_ALLOWED_DOCUMENTS", documents), ("SSM_ALLOWED_TARGETS", targets));

        var record = await harness.RunAsync(PayloadOf(parameters));

        Assert.That(_ssm.Calls, Has.Count.EqualTo(problem is null ? 1 : 0), record.Summary);
        Assert.That(record.Summary, problem is null ? Does.StartWith("Sent command") : Does.Contain(problem));
    }

    [Test]
    public async Task RunAsync_DryRun_IsRefusedAsWell()
    {
        await using var harness = Create(_ssm);

        var record = await harness.RunAsync(PayloadOf(Minimal, "\"dryRun\":true,"));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed), record.Summary);
        Assert.That(_ssm.Described, Is.Empty);
    }
}
