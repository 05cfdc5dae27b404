using Amazon.ECS;
using Amazon.ECS.Model;
using Dispatcher.IntegrationTests.Messages.Servers;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.IntegrationTests.Messages.Ecs;

public sealed class EcsRunTaskIntegrationTests
{
    private MotoServer _moto = null!;
    private string _subnet = null!;
    private AmazonECSClient _ecs = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedMoto.ResetAsync();
        _subnet = await _moto.FindSubnetAsync();
        _ecs = _moto.CreateEcs();
        await _ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "report",
            RequiresCompatibilities = ["FARGATE"],
            Cpu = "256",
            Memory = "512",
            ContainerDefinitions = [new ContainerDefinition { Name = "main", Image = "report", Memory = 128 }],
        });
    }

    [OneTimeTearDown]
    public void Stop() => _ecs?.Dispose();

    [Test]
    public async Task RunAsync_Profile_StartsItsTasks()
    {
        await using var harness = await CreateAsync("run");

        var summary = await harness.RunAsync("""{"job":"ecs-run-task","parameters":{"task":"report","count":2,"tags":{"week":"47"}}}""");

        var tasks = await ListAsync("run");
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(tasks, Has.Count.EqualTo(2));
        Assert.That(tasks.Select(summary.Summary.Contains), Has.All.True);
    }

    [Test]
    public async Task RunAsync_SlotDeliveredTwice_StartsOneTask()
    {
        await using var harness = await CreateAsync("twice");
        const string Payload = """{"job":"ecs-run-task","id":"event-1","parameters":{"task":"report"}}""";

        await harness.RunAsync(Payload);
        var second = await harness.RunAsync(Payload);

        Assert.That(await ListAsync("twice"), Has.Count.EqualTo(1));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Skipped), second.Summary);
    }

    [Test]
    public async Task RunAsync_DryRun_StartsNothing()
    {
        await using var harness = await CreateAsync("dry");

        var summary = await harness.RunAsync("""{"job":"ecs-run-task","dryRun":true,"parameters":{"task":"report"}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned), summary.Summary);
        Assert.That(summary.Summary, Does.EndWith("Task definition report:1 has main (report), cpu 256, memory 512."));
        Assert.That(await ListAsync("dry"), Is.Empty);
    }

    [Test]
    public async Task RunAsync_WaitForStop_ReportsTheExitCodes()
    {
        var clock = new TestClock();
        await using var harness = await CreateAsync("wait", clock);

        var run = harness.RunAsync("""{"job":"ecs-run-task","parameters":{"task":"report","waitForStop":true}}""");
        for (var looks = 0; !run.IsCompleted; await Task.Yield())
        {
            // The clock moves only between two looks: the calls themselves have a time limit.
            if (harness.Progress.Reports.Count > looks)
            {
                looks = harness.Progress.Reports.Count;
                await Task.WhenAny(run, clock.WhenTimersWaitAsync(1));
                clock.Advance(TimeSpan.FromSeconds(10));
            }
        }

        Assert.That((await run).Summary, Is.EqualTo("1 task is done, every container with exit code 0."));
    }

    [TestCase("nowhere", "report", "There is no cluster 'nowhere'")]
    [TestCase("here", "no-such-task", "refused to run task definition 'no-such-task'")]
    public async Task RunAsync_Missing_FailsWithOneClearMessage(string cluster, string definition, string message)
    {
        await using var harness = await CreateAsync("here");

        var summary = await harness.RunAsync(
            $$$"""{"job":"ecs-run-task","parameters":{"cluster":"{{{cluster}}}","taskDefinition":"{{{definition}}}","launchType":"FARGATE","subnets":["{{{_subnet}}}"],"securityGroups":["sg-0a1b2c3d"]}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain(message));
    }

    private async Task<JobHarness> CreateAsync(string cluster, TimeProvider? timeProvider = null)
    {
        await _ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = cluster });
        return _moto.CreateHarness(
            timeProvider,
            ("EcsTasks:report:Cluster", cluster),
            ("EcsTasks:report:TaskDefinition", "report"),
            ("EcsTasks:report:LaunchType", "FARGATE"),
            ("EcsTasks:report:Subnets", _subnet),
            ("EcsTasks:report:SecurityGroups", "sg-0a1b2c3d"));
    }

    private async Task<IReadOnlyList<string>> ListAsync(string cluster) =>
        (await _ecs.ListTasksAsync(new ListTasksRequest { Cluster = cluster })).TaskArns ?? [];
}
