using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.History;

/// <summary>Holds the table to the contract of run stores, and counts its requests.</summary>
public sealed class RunTableStoreTests
{
    private readonly List<string> _requests = [];
    private JobHarness? _harness;
    private string? _table;

    [TearDown]
    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }
    }

    [TestCaseSource(typeof(RunStoreContract), nameof(RunStoreContract.Promises))]
    public Task Store_Promise_IsKept(string promise) => new RunStoreContract(CreateAsync).CheckAsync(promise);

    /// <summary>The SDK sends each request again, after the service has done the work of the first.</summary>
    [TestCaseSource(typeof(RunStoreContract), nameof(RunStoreContract.Promises))]
    public Task Store_PromiseWhenTheFirstAnswerOfEachRequestIsLost_IsKept(string promise) =>
        new RunStoreContract(clock => CreateAsync(clock, new LostAnswers())).CheckAsync(promise);

    [Test]
    public async Task Leases_ManyProcesses_HaveOneHolderAtATimeAndLoseNoRecord()
    {
        var store = await CreateAsync(TimeProvider.System);
        var location = $"{(await SharedMoto.GetAsync()).Url} {_table}";

        var runs = await RunStoreContest.RunAsync("table", location, processes: 6, turns: 8, slots: 10, killed: 1);

        await RunStoreContest.AssertRecordedAsync(store, runs);
    }

    [Test]
    public async Task Requests_OfARunWithSlotAndOverlap_AreFourWritesAndNoRead()
    {
        var clock = new TestClock();
        var store = await CreateAsync(clock);
        var until = clock.GetUtcNow().AddSeconds(45);
        var run = RunRecordBuilder.Create("job");

        var slot = (await store.AcquireAsync(new LeaseRequest("job", "slot:1", run.RunId, until))).Lease!;
        var overlap = (await store.AcquireAsync(new LeaseRequest("job", "overlap:", run.RunId, until))).Lease!;
        await store.WriteAsync(run, CancellationToken.None);
        var outcome = new LeaseOutcome(run.RunId, run.Status, clock.GetUtcNow(), clock.GetUtcNow().AddDays(7));
        await store.EndAsync([new LeaseEnd(slot, outcome), new LeaseEnd(overlap)]);
        Assert.That(_requests, Is.EqualTo(new[] { "UpdateItem", "UpdateItem", "PutItem", "TransactWriteItems" }));

        _requests.Clear();
        var duplicate = await store.AcquireAsync(new LeaseRequest("job", "slot:1", "another", until));
        var original = await store.GetAsync("job", duplicate.Outcome!.RunId);
        Assert.That(original?.RunId, Is.EqualTo(run.RunId));
        Assert.That(_requests, Is.EqualTo(new[] { "UpdateItem", "GetItem" }));
    }

    [Test]
    public async Task Requests_OfAHeartbeat_AreOneHoweverManyLeasesThereAre([Values(1, 2)] int count)
    {
        var clock = new TestClock();
        var store = await CreateAsync(clock);
        var leases = new List<Lease>();
        for (var key = 0; key < count; key++)
        {
            leases.Add((await store.AcquireAsync(new LeaseRequest("job", $"{key}", "run", clock.GetUtcNow().AddSeconds(45)))).Lease!);
        }

        _requests.Clear();
        Assert.That(await store.RenewAsync(leases, clock.GetUtcNow().AddSeconds(60)), Is.True);
        Assert.That(_requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AcquireAsync_UntilHasJustPassed_WaitsForClocksThatDiffer()
    {
        var clock = new TestClock();
        var store = await CreateAsync(clock);
        var until = clock.GetUtcNow().AddSeconds(45);
        await store.AcquireAsync(new LeaseRequest("job", "key", "first", until));

        clock.SetUtcNow(until.AddSeconds(4));
        var request = new LeaseRequest("job", "key", "second", until.AddHours(1));
        Assert.That((await store.AcquireAsync(request)).Holder?.RunId, Is.EqualTo("first"));
        clock.SetUtcNow(until.AddSeconds(5));
        Assert.That((await store.AcquireAsync(request)).Lease, Is.Not.Null);
    }

    [Test]
    public async Task Items_OfLeases_ExpireSevenDaysAfterTheirEndOrLaterWithTheirOutcome()
    {
        var clock = new TestClock();
        var store = await CreateAsync(clock);
        var (now, until) = (clock.GetUtcNow(), clock.GetUtcNow().AddSeconds(45));
        var slot = (await store.AcquireAsync(new LeaseRequest("job", "slot:1", "run", until))).Lease!;
        var overlap = (await store.AcquireAsync(new LeaseRequest("job", "overlap:", "run", until))).Lease!;
        Assert.That(await ExpiriesAsync(), Is.EqualTo(new[] { until.AddDays(7), until.AddDays(7) }));

        await store.RenewAsync([slot, overlap], until.AddHours(1));
        Assert.That(await ExpiriesAsync(), Is.EqualTo(new[] { until.AddHours(1).AddDays(7), until.AddHours(1).AddDays(7) }));

        var failed = (await store.AcquireAsync(new LeaseRequest("job", "slot:2", "run", until))).Lease!;
        await store.EndAsync(
            [
                new LeaseEnd(slot, new LeaseOutcome("run", JobStatus.Succeeded, now, now.AddDays(10))), new LeaseEnd(overlap),
                new LeaseEnd(failed, new LeaseOutcome("run", JobStatus.Failed, now, now)),
            ]);
        Assert.That(await ExpiriesAsync(), Is.EquivalentTo(new[] { now.AddDays(10), now.AddDays(7), now.AddDays(7) }));
    }

    private Task<IRunStore> CreateAsync(TimeProvider clock) => CreateAsync(clock, network: null);

    private async Task<IRunStore> CreateAsync(TimeProvider clock, HttpClientFactory? network)
    {
        var server = await SharedMoto.GetAsync();
        _table = await RunTableWorld.CreateTableAsync();
        _harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(
                    MotoServer.Credentials,
                    server.Configure(new AmazonDynamoDBConfig
                    {
                        // A network that loses every answer once spends the quota of retries soon.
                        HttpClientFactory = network, ThrottleRetries = false,
                    })));
                builder.AddRunTable(new RunTableSettings(_table));
            },
            timeProvider: clock);
        ((AmazonDynamoDBClient)_harness.Services.GetRequiredService<IAmazonDynamoDB>()).BeforeRequestEvent += (_, call) =>
        {
            if ((call as WebServiceRequestEventArgs)?.Request is { } request)
            {
                _requests.Add(request.GetType().Name.Replace("Request", string.Empty, StringComparison.Ordinal));
            }
        };
        _requests.Clear();
        return _harness.Services.GetRequiredService<IRunStore>();
    }

    private async Task<IEnumerable<DateTimeOffset>> ExpiriesAsync() =>
        (await RunTableWorld.ItemsAsync(_table!))
            .OrderByDescending(static item => item["runId"].S, StringComparer.Ordinal)
            .Select(static item => DateTimeOffset.FromUnixTimeSeconds(long.Parse(item["expiresAt"].N, CultureInfo.InvariantCulture)));
}
