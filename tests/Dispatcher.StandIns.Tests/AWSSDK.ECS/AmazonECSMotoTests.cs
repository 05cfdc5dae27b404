using Amazon.ECS;
using Amazon.ECS.Model;
using Dispatcher.LocalServers.Moto;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.StandIns.Tests.Ecs;

[Category("Integration")]
public sealed class AmazonECSMotoTests
{
    [Test]
    public async Task Task_Moto_RunsAndStops()
    {
        using var moto = await MotoInstallation.OnPath.StartTemporaryAsync(CancellationToken.None);
        using var client = new AmazonECSClient(
            "key", "secret", new AmazonECSConfig { ServiceURL = moto.Server.Url, AuthenticationRegion = "us-east-1" });
        var cluster = await client.CreateClusterAsync(new CreateClusterRequest { ClusterName = "jobs" });
        var definition = await client.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "dispatch",
            Cpu = "256",
            Memory = "512",
            ContainerDefinitions =
            [
                new ContainerDefinition { Name = "app", Image = "dispatch", Cpu = 256, Memory = 512 },
                new ContainerDefinition { Name = "sidecar", Image = "agent", Cpu = 64, Memory = 64, Essential = false },
            ],
        });

        var containers = (
            await client.DescribeTaskDefinitionAsync(
                new DescribeTaskDefinitionRequest { TaskDefinition = "dispatch" })).TaskDefinition.ContainerDefinitions;
        var started = await client.RunTaskAsync(new RunTaskRequest
        {
            Cluster = "jobs",
            TaskDefinition = "dispatch",
            LaunchType = LaunchType.FARGATE,
            StartedBy = "test",

            // moto wants the security groups to be there, even if there are none.
            NetworkConfiguration =
                new NetworkConfiguration { AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = ["subnet-1"], SecurityGroups = [] } },
        });
        var arn = started.Tasks.Single().TaskArn;
        var listed = await client.ListTasksAsync(new ListTasksRequest { Cluster = "jobs" });
        var described = await client.DescribeTasksAsync(new DescribeTasksRequest { Cluster = "jobs", Tasks = [arn] });
        var stopped = await client.StopTaskAsync(new StopTaskRequest { Cluster = "jobs", Task = arn, Reason = "done" });

        Assert.That(cluster.Cluster.Status, Is.EqualTo("ACTIVE"));
        Assert.That(definition.TaskDefinition.TaskDefinitionArn, Does.EndWith("task-definition/dispatch:1"));
        Assert.That(definition.TaskDefinition.Revision, Is.EqualTo(1));
        Assert.That(
            containers.Select(container => (container.Name, container.Essential ?? true)),
            Is.EqualTo(new[] { ("app", true), ("sidecar", false) }));
        Assert.That(listed.TaskArns, Is.EqualTo(new[] { arn }));
        Assert.That(described.Tasks.Single().StartedBy, Is.EqualTo("test"));
        Assert.That(stopped.Task.StoppedReason, Is.EqualTo("done"));
        Assert.That(
            async () => await client.ListTasksAsync(new ListTasksRequest { Cluster = "none" }), Throws.TypeOf<ClusterNotFoundException>());
    }
}
