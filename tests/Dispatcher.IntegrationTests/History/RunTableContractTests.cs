using Amazon.DynamoDBv2;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.History;

[TestFixture]
public sealed class RunTableContractTests : RunHistoryContract
{
    private JobHarness? _harness;
    private string _table = null!;

    [TearDown]
    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }
    }

    protected override async Task<(IRunSink Sink, IRunHistory History)> CreateAsync()
    {
        var server = await SharedMoto.GetAsync();
        _table = await RunTableWorld.CreateTableAsync();
        var table = new RunTableSettings(_table);
        _harness = new JobHarness(builder =>
        {
            builder.Services.AddSingleton<IAmazonDynamoDB>(_ => server.CreateDynamoDb());
            builder.AddJob<ScriptedJob>(FirstJob).AddJob<ScriptedJob>(SecondJob).AddRunTable(table).AddRunTableHistory(table);
        });
        return (
            _harness.Services.GetServices<IRunSink>().Single(sink => sink is not RecordingRunSink),
            _harness.Services.GetRequiredService<IRunHistory>());
    }

    protected override async Task AddEntryAsync(string job, string runId, string entry)
    {
        using var dynamoDb = (await SharedMoto.GetAsync()).CreateDynamoDb();
        await dynamoDb.PutItemAsync(_table, new() { ["job"] = new(job), ["runId"] = new(runId), ["record"] = new(entry) });
    }
}
