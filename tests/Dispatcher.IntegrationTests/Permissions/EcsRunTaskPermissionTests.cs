using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Dispatcher.IntegrationTests.Messages.Servers;
using Dispatcher.Jobs.Ecs;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.IntegrationTests.Permissions;

internal sealed class EcsRunTaskPermissionTests : RequestFixture
{
    protected override string Deployment => "claims-report";

    /// <summary>Gets the action that moto does not check when it starts a task.</summary>
    protected override IEnumerable<string> NotJudged => ["iam:PassRole"];

    protected override IEnumerable<string> Requests =>
    [
        "ecs:DescribeTaskDefinition 1, ecs:DescribeTasks 1, ecs:ListTasks 1, ecs:RunTask 1",
    ];

    protected override async Task PrepareAsync()
    {
        await Server.StopTasksAtOnceAsync();
        using var ecs = Server.CreateEcs();
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "reports" });
        await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "claims",
            ContainerDefinitions = [new ContainerDefinition { Name = "main", Image = "report", Memory = 128, Essential = true }],
        });
    }

    protected override Task<PermissionWorld> CreateWorldAsync(AWSCredentials credentials) => Task.FromResult(new PermissionWorld(
        [
            (
                Create(credentials),
                $$$"""{"job":"ecs-run-task","id":"{{{Guid.NewGuid()}}}","parameters":{"task":"claims_report","waitForStop":true}}"""
            ),
        ],
        new Dictionary<string, string>
        {
            ["EcsRoleArns"] = $"arn:aws:iam::{EnforcedMoto.Account}:role/task,arn:aws:iam::{EnforcedMoto.Account}:role/execution",
        }));

    private JobHarness Create(AWSCredentials credentials) => new(
        builder =>
        {
            builder.Services.AddSingleton<IAmazonECS>(_ => new AmazonECSClient(
                credentials, Server.Configure(new AmazonECSConfig { HttpClientFactory = new SidecarNetwork() })));
            builder.AddEcsRunTask(configure: options => options.Deploy(
                Deployment, deploy => deploy.RunEcsTask("claims_report", "ClaimsReportTaskDefinition", "claims")));
        },
        new Dictionary<string, string?>
        {
            ["EcsTasks:claims_report:Cluster"] = "reports",
            ["EcsTasks:claims_report:TaskDefinition"] = "claims",
            ["EcsTasks:claims_report:LaunchType"] = "FARGATE",
            ["EcsTasks:claims_report:Subnets"] = "subnet-0a1b2c3d",
        });
}
