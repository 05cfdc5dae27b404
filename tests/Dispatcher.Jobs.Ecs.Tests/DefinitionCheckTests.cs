using System.Net;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using static Dispatcher.Jobs.Ecs.Tests.EcsHarness;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.Jobs.Ecs.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DefinitionCheckTests
{
    private readonly FakeEcs _ecs = new();
    private readonly TaskDefinition _definition = new()
    {
        Family = "claims-report",
        Revision = 12,
        Status = TaskDefinitionStatus.ACTIVE,
        NetworkMode = NetworkMode.Awsvpc,
        Compatibilities = ["EC2", "FARGATE"],
        Cpu = "512",
        Memory = "1024",
        ContainerDefinitions = [new() { Name = "main", Image = "example/report:7" }, new() { Name = "log", Image = "fluent-bit" }],
    };

    public DefinitionCheckTests() =>
        _ecs.DescribeDefinition = () => new DescribeTaskDefinitionResponse { TaskDefinition = _definition };

    [TestCase("", "claims-report:12 has main (example/report:7), log (fluent-bit), cpu 512, memory 1024.")]
    [TestCase(",\"cpu\":\"1 vCPU\",\"memory\":\"2 GB\"", "log (fluent-bit), cpu 1 vCPU, memory 2 GB.")]
    public async Task DryRun_SaysWhatWouldStart(string parameters, string shown)
    {
        var record = await RunAsync(parameters);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Planned), record.Summary);
        Assert.That(record.Summary, Does.StartWith("Would start 1 task of 'claims-report' on cluster 'default'.").And.EndWith(shown));
    }

    [TestCase(",\"containerOverrides\":[{\"name\":\"mian\",\"cpu\":64}]",
        "'containerOverrides' names 'mian', but its containers are 'main', 'log'.")]
    [TestCase(",\"waitForStop\":true,\"container\":\"worker\"", "'container' names 'worker', but its containers are 'main', 'log'.")]
    [TestCase(",\"cpu\":\"300\"", "Fargate has no task of 300 CPU units.")]
    [TestCase(",\"memory\":\"8 GB\"", "no task of 512 CPU units and 8192 MiB. With that 'cpu', give 'memory' from 1024 to 4096")]
    [TestCase(",\"cpu\":\"256\",\"memory\":\"1536\"", "no task of 256 CPU units and 1536 MiB")]
    [TestCase(",\"cpu\":\"8 vCPU\",\"memory\":\"18 GB\"", "from 16384 to 61440 in steps of 4096")]
    [TestCase(",\"enableExecuteCommand\":true", "'enableExecuteCommand' needs a task role")]
    public async Task DryRun_ParametersThatDoNotGoWithIt_AreNamed(string parameters, string problem)
    {
        var record = await RunAsync(parameters);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain("Task definition claims-report:12 does not go with the parameters:").And.Contain(problem));
        Assert.That(_ecs.Calls, Is.Empty);
    }

    [TestCase(",\"cpu\":\".25 vCPU\"", false)]
    [TestCase(",\"cpu\":\"0.25 vCPU\",\"memory\":\"0.5 GB\"", true)]
    [TestCase(",\"cpu\":\"16384\",\"memory\":\"122880\"", true)]
    [TestCase(",\"enableExecuteCommand\":true,\"taskRoleArn\":\"arn:aws:iam::123456789012:role/t\"", true)]
    public async Task DryRun_Bounds(string parameters, bool fits) =>
        Assert.That(await Outcome(parameters), Is.EqualTo(fits ? JobStatus.Planned : null));

    [Test]
    public async Task DryRun_SeveralProblemsOfTheDefinition_AreReportedTogether()
    {
        _definition.Status = TaskDefinitionStatus.INACTIVE;
        _definition.NetworkMode = NetworkMode.Bridge;
        _definition.Compatibilities = ["EC2"];

        var record = await RunAsync(string.Empty);

        Assert.That(
            record.Summary,
            Does.Contain("It is INACTIVE: register a new revision")
                .And.Contain("Its network mode is bridge, in which a task has no network interface")
                .And.Contain("It is to run on FARGATE, but is compatible with EC2 only"));
    }

    [Test]
    public async Task DryRun_AwsvpcWithoutSubnets_IsNamed()
    {
        await using var harness = Create(_ecs);

        var record = await harness.RunAsync(PayloadOf("""{"taskDefinition":"claims-report","launchType":"EC2"}""", "\"dryRun\":true,"));

        Assert.That(record.Summary, Does.Contain("Its network mode is awsvpc: each task has a network interface, which needs 'subnets'."));
    }

    [Test]
    public async Task DryRun_NoSuchDefinition_Fails()
    {
        _ecs.DescribeDefinition = () => throw new ClientException("Unable to describe task definition.");

        var record = await RunAsync(string.Empty);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain("Unable to describe task definition."));
    }

    [Test]
    public async Task DryRun_DefinitionMayNotBeRead_SaysThatItWasNotChecked()
    {
        _ecs.DescribeDefinition = () => throw new AmazonECSException(
            "not authorized", null, ErrorType.Sender, "AccessDeniedException", "r-1", HttpStatusCode.BadRequest);

        var record = await RunAsync(string.Empty);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Planned), record.Summary);
        Assert.That(record.Summary, Does.EndWith("was not checked: allow ecs:DescribeTaskDefinition in the function's role."));
    }

    [Test]
    public async Task RealRun_LeavesTheCheckToEcs()
    {
        _ecs.DescribeDefinition = () => throw new InvalidOperationException("not to be read");
        await using var harness = Create(_ecs);

        var record = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
    }

    private async Task<RunRecord> RunAsync(string parameters)
    {
        await using var harness = Create(_ecs);
        return await harness.RunAsync(PayloadOf(
            $$"""{"taskDefinition":"claims-report","launchType":"FARGATE","subnets":["subnet-0a1b2c3d"]{{parameters}}}""",
            "\"dryRun\":true,"));
    }

    private async Task<JobStatus?> Outcome(string parameters)
    {
        try
        {
            return (await RunAsync(parameters)).Status;
        }
        catch (Dispatcher.Hosting.JobRequestException)
        {
            return null;
        }
    }
}
