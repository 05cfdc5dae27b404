using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Dispatcher.Jobs.Ssm;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Permissions;

internal sealed class SsmRunCommandPermissionTests : RequestFixture
{
    protected override string Deployment => "uptime-command";

    protected override IEnumerable<string> NotJudged => RunCommandNetwork.Operations.Select(static operation => $"ssm:{operation}");

    protected override IEnumerable<string> Requests =>
    [
        "ssm:ListCommandInvocations 1, ssm:ListCommands 2, ssm:SendCommand 1",
        "ssm:DescribeInstanceInformation 1",
    ];

    protected override Task<PermissionWorld> CreateWorldAsync(AWSCredentials credentials) => Task.FromResult(new PermissionWorld(
        [
            (Create(credentials), $$$"""{"job":"ssm-run-command","id":"{{{Guid.NewGuid()}}}","parameters":{"profile":"uptime"}}"""),
            (Create(credentials), """{"job":"ssm-run-command","dryRun":true,"parameters":{"profile":"uptime"}}"""),
        ],
        new Dictionary<string, string> { ["UptimeCommandTag"] = "web" }));

    private JobHarness Create(AWSCredentials credentials) => new(
        builder =>
        {
            builder.Services.AddSingleton<IAmazonSimpleSystemsManagement>(_ => new AmazonSimpleSystemsManagementClient(
                credentials, Server.Configure(new AmazonSimpleSystemsManagementConfig { HttpClientFactory = new RunCommandNetwork() })));
            builder.AddSsmRunCommand(configure: options => options.Deploy(
                Deployment, static deploy => deploy.RunSsmCommand("uptime", "UptimeCommand")));
        },
        new Dictionary<string, string?>
        {
            ["SsmCommands:uptime:Commands"] = "date",
            ["SsmCommands:uptime:Targets:0:Key"] = $"tag:{SsmDeploymentExtensions.TagName}",
            ["SsmCommands:uptime:Targets:0:Values:0"] = "web",
            ["SsmCommands:uptime:WaitForOutcome"] = "true",
        });
}
