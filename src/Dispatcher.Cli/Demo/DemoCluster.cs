using System.Text.Json.Nodes;
using Amazon.ECS;
using Amazon.ECS.Model;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.Cli.Demo;

/// <summary>The cluster that <c>ecs-run-task</c> starts tasks on.</summary>
/// <param name="server">The server.</param>
internal sealed class DemoCluster(MotoServer server) : DemoTarget
{
    private const string Name = "maintenance-demo";
    private const string Family = "claims-report";

    private readonly AmazonECSClient _ecs = server.CreateEcs();

    /// <inheritdoc />
    public override string Job => "ecs-run-task";

    /// <inheritdoc />
    public override string Expected => $"task of {Family}:1, started by {Job}";

    /// <inheritdoc />
    public override async Task<JsonObject> PrepareAsync(string slot, CancellationToken cancellationToken)
    {
        await _ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = Name }, cancellationToken);
        await _ecs.RegisterTaskDefinitionAsync(
            new RegisterTaskDefinitionRequest
            {
                Family = Family,
                RequiresCompatibilities = ["FARGATE"],
                Cpu = "256",
                Memory = "512",
                ContainerDefinitions = [new ContainerDefinition { Name = "report", Image = "claims-report", Memory = 128 }],
            },
            cancellationToken);
        return new JsonObject
        {
            ["cluster"] = Name,
            ["taskDefinition"] = Family,
            ["launchType"] = "FARGATE",
            ["subnets"] = new JsonArray(await server.FindSubnetAsync(cancellationToken)),
            ["securityGroups"] = new JsonArray("sg-0d1e2f3a"),
        };
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellationToken)
    {
        var listed = await _ecs.ListTasksAsync(new ListTasksRequest { Cluster = Name }, cancellationToken);
        if (listed.TaskArns is not { Count: > 0 } arns)
        {
            return [];
        }

        var described = await _ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = Name, Tasks = arns }, cancellationToken);
        return [.. described.Tasks.Select(Describe)];
    }

    /// <inheritdoc />
    public override void Dispose() => _ecs.Dispose();

    private static string Describe(Amazon.ECS.Model.Task task) =>
        $"task of {task.TaskDefinitionArn.Split('/')[^1]}, started by {task.StartedBy.Split('/')[0]}";
}
