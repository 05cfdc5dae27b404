using Dispatcher.Hosting;

using static Dispatcher.Jobs.Ecs.Tests.EcsHarness;

namespace Dispatcher.Jobs.Ecs.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProfileTests
{
    private const string Named = """{"task":"claims-report"}""";

    private readonly FakeEcs _ecs = new();

    [Test]
    public async Task RunAsync_ProfileInSettings_SaysEverything()
    {
        await using var harness = Create(_ecs, Profile);

        await harness.RunAsync(PayloadOf(Named));

        AssertIsTheProfile();
    }

    [Test]
    public async Task RunAsync_ProfileInEnvironmentVariables_HasUnderscoresForHyphens()
    {
        await using var harness = Create(
            _ecs,
            [.. Profile.Select(
                setting => (setting.Key.Replace("claims-report", "claims_report", StringComparison.Ordinal), setting.Value))]);

        await harness.RunAsync(PayloadOf(Named));

        AssertIsTheProfile();
    }

    [Test]
    public async Task RunAsync_ProfileAsOneJsonText_SaysTheSame()
    {
        await using var harness = Create(_ecs, ("EcsTasks:claims_report", """
            {"cluster":"reports","taskDefinition":"claims-report","launchType":"FARGATE",
             "subnets":["subnet-0a1b2c3d","subnet-0a1b2c3e"],"securityGroups":["sg-0a1b2c3d"],
             "assignPublicIp":true,
             "containerOverrides":[{"name":"main","environment":{"MODE":"weekly"},"cpu":512}],"tags":{"owner":"rights"}}
            """));

        await harness.RunAsync(PayloadOf(Named));

        AssertIsTheProfile();
    }

    [Test]
    public async Task RunAsync_PayloadFillsInWhatTheProfileLeavesOpen_IsMerged()
    {
        await using var harness = Create(_ecs, Profile);

        await harness.RunAsync(PayloadOf("""
            {"task":"claims-report","count":2,"tags":{"week":"47"},
             "containerOverrides":[{"name":"main","command":["run"],"environment":{"PROCESSED":"368"}},{"name":"log","memory":64}]}
            """));

        var request = _ecs.Calls.Single();
        Assert.That(request.Count, Is.EqualTo(2));
        Assert.That(request.Tags.Select(tag => $"{tag.Key}={tag.Value}"), Is.EqualTo(new[] { "owner=rights", "week=47" }));
        Assert.That(request.Overrides.ContainerOverrides.Select(container => container.Name), Is.EqualTo(new[] { "main", "log" }));
        Assert.That(request.Overrides.ContainerOverrides[0].Command, Is.EqualTo(new[] { "run" }));
        Assert.That(
            request.Overrides.ContainerOverrides[0].Environment.Select(variable => $"{variable.Name}={variable.Value}"),
            Is.EqualTo(new[] { "MODE=weekly", "PROCESSED=368" }));
    }

    [TestCase(
        """{"task":"claims-report","containerOverrides":[{"name":"main","environment":{"MODE":"x"}}]}""",
        "'containerOverrides[main].environment.MODE'")]
    [TestCase("""{"task":"claims-report","containerOverrides":[{"name":"main","cpu":4096}]}""", "'containerOverrides[main].cpu'")]
    [TestCase("""{"task":"claims-report","tags":{"owner":"x"}}""", "'tags.owner'")]
    public async Task RunAsync_PayloadSetsWhatTheProfileSets_IsRefused(string parameters, string field)
    {
        await using var harness = Create(_ecs, Profile);

        var summary = await harness.RunAsync(PayloadOf(parameters));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain($"{field}: fixed by EcsTasks:claims-report, and a payload cannot replace that"));
        Assert.That(_ecs.Calls, Is.Empty);
    }

    [Test]
    public async Task Read_PlacementBesideAProfile_IsRefusedByName()
    {
        await using var harness = Create(_ecs, Profile);

        Assert.That(
            () => harness.RunAsync(
                PayloadOf("""{"task":"claims-report","cluster":"x","taskRoleArn":"arn:aws:iam::123456789012:role/admin"}""")),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("Parameter 'cluster', 'taskRoleArn' cannot be given beside 'task'"));
    }

    [Test]
    public async Task RunAsync_NoSuchProfile_ListsThoseThatThereAre()
    {
        await using var harness = Create(_ecs, Profile);

        var summary = await harness.RunAsync(PayloadOf("""{"task":"claims"}"""));

        Assert.That(summary.Summary, Does.Contain("no profile 'claims'").And.Contain("Profiles: claims-report."));
    }

    [TestCase("EcsTasks:p:Cluster", "x", "Nothing to run is named")]
    [TestCase("EcsTasks:p:TaskDefinitoin", "x", "cannot be read")]
    [TestCase("EcsTasks:p", "{not json", "cannot be read")]
    [TestCase("EcsTasks:p:Count", "many", "cannot be read")]
    public async Task RunAsync_BrokenProfile_FailsByName(string key, string value, string message)
    {
        await using var harness = Create(_ecs, (key, value));

        var summary = await harness.RunAsync(PayloadOf("""{"task":"p"}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain(message).And.Contain("p"));
        Assert.That(_ecs.Calls, Is.Empty);
    }

    [TestCase("Cpu", "lots", "'cpu' is 'lots': it must be CPU units")]
    [TestCase("Memory", "x", "'memory' is 'x': it must be MiB")]
    [TestCase("ExecutionRoleArn", "pull", "'executionRoleArn' is 'pull': a role is an ARN")]
    [TestCase("PropagateTags", "SERVICE", "'propagateTags' is 'SERVICE'")]
    [TestCase("EphemeralStorage:SizeInGiB", "20", "Give sizeInGiB from 21 to 200")]
    [TestCase("Subnets", "subnet-1", "followed by 8 or 17 digits")]
    public async Task RunAsync_BadValueInTheProfile_IsNamed(string setting, string value, string problem)
    {
        await using var harness = Create(_ecs, [.. Profile, ($"EcsTasks:claims-report:{setting}", value)]);

        var record = await harness.RunAsync(PayloadOf(Named));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain(problem));
        Assert.That(_ecs.Calls, Is.Empty);
    }

    [Test]
    public async Task RunAsync_SizeInThePayload_IsMerged()
    {
        await using var harness = Create(_ecs, [.. Profile, ("EcsTasks:claims-report:EnableExecuteCommand", "true")]);

        await harness.RunAsync(PayloadOf("""{"task":"claims-report","cpu":"1024","memory":"2048","ephemeralStorage":{"sizeInGiB":50}}"""));

        var request = _ecs.Calls.Single();
        Assert.That((request.Overrides.Cpu, request.Overrides.Memory), Is.EqualTo(("1024", "2048")));
        Assert.That(request.Overrides.EphemeralStorage.SizeInGiB, Is.EqualTo(50));
        Assert.That(request.EnableExecuteCommand, Is.True);
    }

    [TestCase("\"executionRoleArn\":\"arn:aws:iam::123456789012:role/pull\"", "executionRoleArn")]
    [TestCase("\"enableExecuteCommand\":true", "enableExecuteCommand")]
    [TestCase("\"propagateTags\":\"NONE\"", "propagateTags")]
    [TestCase("\"enableECSManagedTags\":false", "enableECSManagedTags")]
    public async Task RunAsync_WhatOnlyAProfileDecides_IsRefusedBesideOne(string parameter, string name)
    {
        await using var harness = Create(_ecs, Profile);

        Assert.That(
            () => harness.RunAsync(PayloadOf($$"""{"task":"claims-report",{{parameter}}}""")),
            Throws.TypeOf<Dispatcher.Hosting.JobRequestException>().With.Message.Contains($"'{name}' cannot be given beside 'task'"));
    }

    private void AssertIsTheProfile()
    {
        var request = _ecs.Calls.Single();
        var network = request.NetworkConfiguration.AwsvpcConfiguration;
        var container = request.Overrides.ContainerOverrides.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (request.Cluster, request.TaskDefinition, request.LaunchType.Value, request.Count),
                Is.EqualTo(("reports", "claims-report", "FARGATE", 1)));
            Assert.That(network.Subnets, Is.EqualTo(new[] { "subnet-0a1b2c3d", "subnet-0a1b2c3e" }));
            Assert.That(network.SecurityGroups, Is.EqualTo(new[] { "sg-0a1b2c3d" }));
            Assert.That(network.AssignPublicIp.Value, Is.EqualTo("ENABLED"));
            Assert.That((container.Name, container.Cpu, container.Environment.Single().Value), Is.EqualTo(("main", 512, "weekly")));
            Assert.That(request.Tags.Single().Value, Is.EqualTo("rights"));
        }
    }
}
