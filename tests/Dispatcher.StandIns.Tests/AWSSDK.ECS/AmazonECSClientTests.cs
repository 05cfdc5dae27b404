using Amazon.ECS;
using Amazon.ECS.Model;
using Dispatcher.StandIns.Tests.Servers;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.StandIns.Tests.Ecs;

public sealed class AmazonECSClientTests
{
    [Test]
    public async Task RunTaskAsync_FargateTask_WritesTheMembersThatAreSet()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(200, """{"tasks":[],"failures":[]}"""));
        using var client = Client(server);

        await client.RunTaskAsync(new RunTaskRequest
        {
            Cluster = "jobs",
            TaskDefinition = "dispatch:3",
            Count = 1,
            NetworkConfiguration = new NetworkConfiguration
            {
                AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = ["subnet-1"], AssignPublicIp = AssignPublicIp.DISABLED },
            },
            CapacityProviderStrategy = [new CapacityProviderStrategyItem { CapacityProvider = "FARGATE_SPOT", Weight = 1 }],
            Overrides =
                new TaskOverride { ContainerOverrides = [new ContainerOverride { Name = "app", Command = ["run", "daily-uptime"] }] },
            Tags = [new Tag { Key = "job", Value = "daily-uptime" }],
        });
        var request = await server.TakeAsync();

        Assert.That(request.Headers["X-Amz-Target"], Is.EqualTo("AmazonEC2ContainerServiceV20141113.RunTask"));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/x-amz-json-1.1"));
        Assert.That(request.Text, Is.EqualTo(
            """
            {"capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}],"cluster":"jobs","count":1,
            "networkConfiguration":{"awsvpcConfiguration":{"assignPublicIp":"DISABLED","subnets":["subnet-1"]}},
            "overrides":{"containerOverrides":[{"command":["run","daily-uptime"],"name":"app"}]},
            "tags":[{"key":"job","value":"daily-uptime"}],"taskDefinition":"dispatch:3"}
            """.ReplaceLineEndings(string.Empty)));
    }

    [Test]
    public async Task DescribeTasksAsync_StoppedTask_ReadsItsEnd()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(
            200,
            """
            {"tasks":[{"taskArn":"arn:t","lastStatus":"STOPPED","stopCode":"EssentialContainerExited","stoppedAt":1793491200.25,"version":5,
              "launchType":"FARGATE","containers":[{"name":"app","exitCode":137,"reason":"OutOfMemoryError"}]}],
             "failures":[{"arn":"arn:u","reason":"MISSING"}]}
            """));
        using var client = Client(server);

        var response = await client.DescribeTasksAsync(
            new DescribeTasksRequest { Cluster = "jobs", Tasks = ["t", "u"], Include = [TaskField.TAGS] });
        var request = await server.TakeAsync();
        var task = response.Tasks.Single();

        Assert.That(request.Text, Is.EqualTo("""{"cluster":"jobs","include":["TAGS"],"tasks":["t","u"]}"""));
        Assert.That(task.StopCode, Is.EqualTo(TaskStopCode.EssentialContainerExited));
        Assert.That(task.StoppedAt, Is.EqualTo(new DateTime(2026, 11, 1, 0, 0, 0, 250, DateTimeKind.Utc)));
        Assert.That(task.Version, Is.EqualTo(5));
        Assert.That(task.LaunchType, Is.EqualTo(LaunchType.FARGATE));
        Assert.That(task.Containers.Single().ExitCode, Is.EqualTo(137));
        Assert.That(task.StartedAt, Is.Null);
        Assert.That(response.Failures.Single().Reason, Is.EqualTo("MISSING"));
    }

    [Test]
    public async Task StopTaskAsync_NoSuchCluster_ThrowsItsException()
    {
        await using var server = LoopbackServer.Giving(
            new CannedResponse(400, """{"__type":"ClusterNotFoundException","message":"Cluster not found."}"""));
        using var client = Client(server);

        Assert.That(
            async () => await client.StopTaskAsync(new StopTaskRequest { Cluster = "none", Task = "t" }),
            Throws.TypeOf<ClusterNotFoundException>().With.Message.EqualTo("Cluster not found."));
    }

    private static AmazonECSClient Client(LoopbackServer server) =>
        new("key", "secret", new AmazonECSConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-central-1", MaxErrorRetry = 0 });
}
