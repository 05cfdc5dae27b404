using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Dispatcher.Jobs.Ssm;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Messages.Ssm;

/// <summary>Sends commands to moto, which accepts and lists them. It has no managed instances and no outcomes.</summary>
public sealed class SsmRunCommandIntegrationTests
{
    private MotoServer _moto = null!;
    private AmazonSimpleSystemsManagementClient _ssm = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedMoto.ResetAsync();
        _ssm = CreateClient();
    }

    [OneTimeTearDown]
    public void Stop() => _ssm?.Dispose();

    [Test]
    public async Task RunAsync_Profile_SendsItsCommand()
    {
        await using var harness = Create();

        var record = await harness.RunAsync(
            """{"job":"ssm-run-command","parameters":{"profile":"uptime","instanceIds":["i-0a1b2c3d4e5f60718"],"timeoutSeconds":60}}""");

        var command = await FindAsync(record);
        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(command.DocumentName, Is.EqualTo("AWS-RunShellScript"));
        Assert.That(command.Parameters["commands"], Is.EqualTo(new[] { "echo 'Grüße', \"date\"" }));
        Assert.That(command.InstanceIds, Is.EqualTo(new[] { "i-0a1b2c3d4e5f60718" }));
    }

    [Test]
    public async Task RunAsync_SlotDeliveredTwice_SendsOneCommand()
    {
        await using var harness = Create();
        const string Payload =
            """{"job":"ssm-run-command","id":"e-1","parameters":{"profile":"uptime","instanceIds":["i-0a1b2c3d4e5f60719"],"comment":"twice"}}""";

        await harness.RunAsync(Payload);
        var second = await harness.RunAsync(Payload);

        var commands = (await _ssm.ListCommandsAsync(new ListCommandsRequest())).Commands;
        Assert.That(second.Status, Is.EqualTo(JobStatus.Skipped), second.Summary);
        Assert.That(commands.Count(command => command.Comment.StartsWith("twice ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private async Task<Command> FindAsync(RunRecord record) =>
        (await _ssm.ListCommandsAsync(new ListCommandsRequest())).Commands.Single(command => record.Summary.Contains(command.CommandId));

    private AmazonSimpleSystemsManagementClient CreateClient() =>
        new(MotoServer.Credentials, _moto.Configure(new AmazonSimpleSystemsManagementConfig()));

    private JobHarness Create() => new(
        builder =>
        {
            builder.Services.AddSingleton<IAmazonSimpleSystemsManagement>(_ => Dispatcher.Aws.AwsClientGuard.Protect(CreateClient()));
            builder.AddSsmRunCommand();
        },
        new Dictionary<string, string?>
        {
            ["SsmCommands:uptime:Commands"] = "echo 'Grüße', \"date\"",
            ["SSM_ALLOWED_TARGETS"] = "i-*",
        });
}
