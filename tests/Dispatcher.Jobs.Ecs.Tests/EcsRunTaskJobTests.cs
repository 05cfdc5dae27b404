using static Dispatcher.Jobs.Ecs.Tests.EcsHarness;

namespace Dispatcher.Jobs.Ecs.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EcsRunTaskJobTests
{
    private readonly FakeEcs _ecs = new();

    [Test]
    public async Task RunAsync_AllParameters_AreInTheRequest()
    {
        await using var harness = Create(_ecs);

        var summary = await harness.RunAsync(PayloadOf("""
            {"cluster":"reports","taskDefinition":"claims-report:4","launchType":"FARGATE","platformVersion":"LATEST","count":2,
             "subnets":["subnet-0a1b2c3d"],"securityGroups":["sg-0a1b2c3d"],"assignPublicIp":true,"taskRoleArn":"arn:aws:iam::123456789012:role/task",
             "containerOverrides":[{"name":"main","command":["run","--all"],"environment":{"MODE":"weekly"},"cpu":1024,"memory":3072}],
             "executionRoleArn":"arn:aws:iam::123456789012:role/pull","cpu":"2 vCPU","memory":"4096","ephemeralStorage":{"sizeInGiB":100},
             "enableExecuteCommand":true,"enableECSManagedTags":true,"propagateTags":"TASK_DEFINITION","tags":{"owner":"rights"}}
            """));

        var request = _ecs.Calls.Single();
        var (network, container) = (request.NetworkConfiguration.AwsvpcConfiguration, request.Overrides.ContainerOverrides.Single());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Count("tasksStarted"), Is.EqualTo(2));
            Assert.That((request.Cluster, request.TaskDefinition, request.Count), Is.EqualTo(("reports", "claims-report:4", 2)));
            Assert.That((request.LaunchType.Value, request.PlatformVersion), Is.EqualTo(("FARGATE", "LATEST")));
            Assert.That(network.Subnets, Is.EqualTo(new[] { "subnet-0a1b2c3d" }));
            Assert.That(network.SecurityGroups, Is.EqualTo(new[] { "sg-0a1b2c3d" }));
            Assert.That(network.AssignPublicIp.Value, Is.EqualTo("ENABLED"));
            Assert.That(request.Overrides.TaskRoleArn, Is.EqualTo("arn:aws:iam::123456789012:role/task"));
            Assert.That(request.Overrides.ExecutionRoleArn, Is.EqualTo("arn:aws:iam::123456789012:role/pull"));
            Assert.That((request.Overrides.Cpu, request.Overrides.Memory), Is.EqualTo(("2 vCPU", "4096")));
            Assert.That(request.Overrides.EphemeralStorage.SizeInGiB, Is.EqualTo(100));
            Assert.That((request.EnableExecuteCommand, request.EnableECSManagedTags), Is.EqualTo(((bool?)true, (bool?)true)));
            Assert.That(request.PropagateTags.Value, Is.EqualTo("TASK_DEFINITION"));
            Assert.That(container.Command, Is.EqualTo(new[] { "run", "--all" }));
            Assert.That((container.Environment.Single().Name, container.Environment.Single().Value), Is.EqualTo(("MODE", "weekly")));
            Assert.That((container.Cpu, container.Memory), Is.EqualTo((1024, 3072)));
            Assert.That((request.Tags.Single().Key, request.Tags.Single().Value), Is.EqualTo(("owner", "rights")));
        }
    }

    [Test]
    public async Task RunAsync_CapacityProviders_ReplaceTheLaunchType()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf("""
            {"taskDefinition":"t","subnets":["subnet-0a1b2c3d"],
             "capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":3},{"capacityProvider":"FARGATE","base":1}]}
            """));

        Assert.That(_ecs.Calls.Single().LaunchType, Is.Null);
        Assert.That(
            _ecs.Calls.Single().CapacityProviderStrategy.Select(provider => (provider.CapacityProvider, provider.Weight, provider.Base)),
            Is.EqualTo(new (string, int?, int?)[] { ("FARGATE_SPOT", 3, null), ("FARGATE", null, 1) }));
    }

    [Test]
    public async Task RunAsync_NothingOfTheTaskOverridden_SendsNoOverrides()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal));

        var request = _ecs.Calls.Single();
        Assert.That(request.Overrides, Is.Null);
        Assert.That((request.EnableExecuteCommand, request.EnableECSManagedTags), Is.EqualTo(default((bool?, bool?))));
        Assert.That(request.PropagateTags, Is.Null);
    }

    [TestCase("\"cpu\":\"512\"", "task cpu 512")]
    [TestCase("\"memory\":\"2 GB\"", "task memory 2 GB")]
    [TestCase("\"ephemeralStorage\":{\"sizeInGiB\":21}", "disk 21 GiB")]
    [TestCase("\"executionRoleArn\":\"arn:aws:iam::123456789012:role/pull\"", "execution role arn:aws:iam::123456789012:role/pull")]
    [TestCase("\"enableECSManagedTags\":true", "tags of ECS")]
    [TestCase("\"enableExecuteCommand\":true,\"taskRoleArn\":\"arn:aws:iam::123456789012:role/t\"", "ECS Exec")]
    [TestCase("\"propagateTags\":\"TASK_DEFINITION\"", "tags from TASK_DEFINITION")]
    public async Task RunAsync_DryRun_ShowsTheOverride(string parameter, string shown)
    {
        await using var harness = Create(_ecs);

        var record = await harness.RunAsync(PayloadOf($$"""{"taskDefinition":"t",{{parameter}}}""", "\"dryRun\":true,"));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Planned), record.Summary);
        Assert.That(record.Changes.Items.Single().Reason, Does.Contain($"{shown}; "));
    }

    [Test]
    public async Task RunAsync_TokenAndStartedBy_KeepTheServicesLimits()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal, $"\"id\":\"{new string('x', 256)}\","));

        Assert.That(_ecs.Calls.Single().ClientToken, Has.Length.LessThanOrEqualTo(64));
        Assert.That(_ecs.Calls.Single().StartedBy, Does.Match("^[A-Za-z0-9/_-]{1,128}$"));
    }

    [Test]
    public async Task RunAsync_DryRun_ShowsTheRequestAndStartsNothing()
    {
        await using var harness = Create(_ecs, Profile);

        var summary = await harness.RunAsync(PayloadOf("""{"task":"claims-report","count":2}""", "\"dryRun\":true,"));

        Assert.That(_ecs.Calls, Is.Empty);
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
        Assert.That(summary.Count("tasksStarted"), Is.EqualTo(2));
        Assert.That(summary.Changes.Items[0].Target, Is.EqualTo("ecs://reports/claims-report"));
        Assert.That(
            summary.Changes.Items[0].Reason,
            Does.StartWith("FARGATE; subnets subnet-0a1b2c3d,subnet-0a1b2c3e; security groups sg-0a1b2c3d; public address ENABLED; "
                           + "container main: environment MODE cpu 512; tags owner=rights; startedBy "));
    }
}
