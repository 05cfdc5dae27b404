using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using static Dispatcher.Jobs.Ssm.Tests.SsmHarness;

namespace Dispatcher.Jobs.Ssm.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InstanceCheckTests
{
    private readonly FakeSsm _ssm = new();

    [Test]
    public async Task DryRun_Tag_ListsTheInstancesAndSendsNothing()
    {
        Add(First, PingStatus.Online);
        Add(Second, PingStatus.ConnectionLost);
        Add("mi-0a1b2c3d4e5f60710", PingStatus.Online);
        await using var harness = Create(_ssm, Profile);

        var record = await harness.RunAsync(PayloadOf(Named, "\"dryRun\":true,"));

        Assert.That(_ssm.Calls, Is.Empty);
        Assert.That(record.Status, Is.EqualTo(JobStatus.Planned), record.Summary);
        Assert.That(
            record.Summary,
            Is.EqualTo("Would run AWS-RunShellScript on tag:Role=web. "
                       + $"Instances: {First} web-1 (Online, Ubuntu), {Second} web-1 (ConnectionLost, Ubuntu), "
                       + "mi-0a1b2c3d4e5f60710 web-1 (Online, Ubuntu). Warning: 1 of 3 does not answer at the moment."));
        Assert.That(record.Changes.Items.Single().Target, Is.EqualTo("ssm://AWS-RunShellScript/tag:Role=web"));
        Assert.That(
            record.Changes.Items.Single().Reason,
            Does.StartWith("commands [cd /srv/app, then manage.py run_daily_uptime]; executionTimeout [600]; on tag:Role=web; comment "));
        Assert.That(_ssm.Described[0].Filters.Single().Key, Is.EqualTo("tag:Role"));
    }

    [Test]
    public async Task DryRun_UnknownInstance_FailsBeforeAnythingIsSent()
    {
        Add(First, PingStatus.Online);
        await using var harness = Create(_ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf(
            $$"""{"commands":["date"],"instanceIds":["{{First}}","{{Second}}"]}""", "\"dryRun\":true,"));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.StartWith($"Systems Manager does not manage {Second}. Check the region"));
    }

    [Test]
    public async Task DryRun_NoInstanceHasTheTag_SaysSo()
    {
        await using var harness = Create(_ssm, Profile);

        var record = await harness.RunAsync(PayloadOf(Named, "\"dryRun\":true,"));

        Assert.That(record.Summary, Does.EndWith("No managed instance has the tag: the command would reach none."));
    }

    [Test]
    public async Task DryRun_ManyInstances_ShowsTen()
    {
        for (var index = 10; index < 25; index++)
        {
            Add($"i-0a1b2c3d4e5f607{index}", PingStatus.Online);
        }

        await using var harness = Create(_ssm, Profile);

        var record = await harness.RunAsync(PayloadOf(Named, "\"dryRun\":true,"));

        Assert.That(record.Summary, Does.EndWith("i-0a1b2c3d4e5f60719 web-1 (Online, Ubuntu) and 5 more."));
    }

    private void Add(string id, PingStatus status) => _ssm.Instances.Add(new InstanceInformation
    {
        InstanceId = id, PingStatus = status, ComputerName = "web-1", PlatformName = "Ubuntu",
    });
}
