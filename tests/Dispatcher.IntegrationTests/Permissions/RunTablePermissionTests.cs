using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.History;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>The calls of the run store, and the policy that every template gives the function for them.</summary>
internal sealed class RunTablePermissionTests
{
    private const string Part = "Dispatcher.Deployment.Generation.Parts.history.json";

    private EnforcedMoto _moto = null!;
    private string _table = null!;

    /// <summary>Gets the actions of the policy <c>runs</c>.</summary>
    private static IEnumerable<string> Declared
    {
        get
        {
            using var parts = typeof(Deployment.Generation.TemplateGenerator).Assembly.GetManifestResourceStream(Part)
                ?? throw new InvalidOperationException($"'{Part}' is not in the assembly.");
            return [.. JsonNode.Parse(parts)!["Resources"]!["RunsPolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray()
                .SelectMany(static statement => statement!["Action"]!.AsArray()).Select(static action => action!.GetValue<string>())];
        }
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedEnforcedMoto.GetAsync();
        using var dynamoDb = _moto.Server.CreateDynamoDb();
        _table = await RunTableWorld.CreateTableAsync(dynamoDb);
    }

    [Test]
    public async Task Policy_Actions_AreThoseOfTheOperations()
    {
        await using var harness = Harness(LocalServers.Moto.MotoServer.Credentials);

        var operations = await RecordAsync(harness);

        Assert.That(
            operations.SelectMany(static operation => operation.Permissions).Select(static permission => permission.Action).Distinct(),
            Is.EquivalentTo(Declared));
    }

    [Test]
    public async Task Operations_ExactlyTheDeclaredPermissions_Succeed() => await UseUnderPolicyAsync(without: null);

    [TestCaseSource(nameof(Declared))]
    public void Operations_WithoutAnyOneAction_FailAndNameIt(string action) =>
        Assert.That(
            () => UseUnderPolicyAsync(action),
            Throws.TypeOf<PermanentJobException>().With.Message.Contains($"DynamoDB table {_table} (RUNS_TABLE)").And.Message.Contains(
                $"needs {action} on the table"));

    private static async Task UseAsync(JobHarness harness)
    {
        var store = harness.Services.GetRequiredService<IRunStore>();
        var run = RunRecordBuilder.Create();
        var until = DateTimeOffset.UtcNow.AddMinutes(1);
        var slot = (await store.AcquireAsync(new LeaseRequest(run.Job, $"slot:{run.RunId}", run.RunId, until))).Lease!;
        var overlap = (await store.AcquireAsync(new LeaseRequest(run.Job, $"overlap:{run.RunId}", run.RunId, until))).Lease!;
        await store.RenewAsync([slot, overlap], until.AddMinutes(1));
        await store.WriteAsync(run, CancellationToken.None);
        await store.GetAsync(run.Job, run.RunId);
        await store.ReadLeasesAsync(run.Job, [slot.Key]);
        await store.EndAsync([new LeaseEnd(slot), new LeaseEnd(overlap)]);
    }

    private static async Task<IReadOnlyList<AwsOperation>> RecordAsync(JobHarness harness)
    {
        var log = new AwsOperationLog();
        using (log.Record())
        {
            await UseAsync(harness);
        }

        return log.Operations;
    }

    private async Task UseUnderPolicyAsync(string? without)
    {
        await using var observed = Harness(LocalServers.Moto.MotoServer.Credentials);
        var operations = await RecordAsync(observed);
        await using var harness = Harness(_moto.Credentials);
        var allowed = Declared.Where(action => action != without).Select(static action => new DeclaredPermission(action, ["*"], ["*"]));
        await using var enforcement = await _moto.EnforceAsync(MotoPolicy.Write(allowed, operations));
        await UseAsync(harness);
    }

    private JobHarness Harness(AWSCredentials credentials) => new(
        builder =>
        {
            builder.Services.AddSingleton<IAmazonDynamoDB>(_ => _moto.Server.CreateDynamoDb(credentials: credentials));
            builder.AddRunTable(new RunTableSettings(_table));
        },
        timeProvider: TimeProvider.System);
}
