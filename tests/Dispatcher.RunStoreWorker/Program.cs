using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Sqlite;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.RunStoreWorker;

/// <summary>
/// Competes with other processes for leases of one store: <c>STORE LOCATION FOLDER TURNS SLOTS [killed]</c>. Each turn adds one to the
/// unprotected counter in the folder while it holds a lease, and writes a record. Each slot leaves one file by whoever gets it. A process
/// that is <c>killed</c> ends one turn and one slot without a word.
/// </summary>
internal static class Program
{
    private const string Job = "contest";

    private static readonly TimeSpan Term = TimeSpan.FromSeconds(15);

    public static async Task<int> Main(string[] args)
    {
        var (folder, turns, slots, isKilled) = (args[2], Number(args[3]), Number(args[4]), args is [.., "killed"]);
        await using var harness = new JobHarness(builder => Add(builder, args[0], args[1]), timeProvider: TimeProvider.System);
        var store = harness.Services.GetRequiredService<IRunStore>();
        for (var turn = 0; turn < turns; turn++)
        {
            await TakeTurnAsync(store, Path.Combine(folder, "counter"), isKilled && turn == turns / 2);
        }

        for (var slot = 0; slot < slots; slot++)
        {
            await TakeSlotAsync(store, slot, Path.Combine(folder, "effects"), isKilled && slot == slots / 2);
        }

        return 0;
    }

    private static void Add(IDispatcherBuilder builder, string store, string location)
    {
        if (store == "file")
        {
            builder.AddRunFile(new RunFileSettings(location));
            return;
        }

        var place = location.Split(' ');
        builder.Services.AddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = place[0], AuthenticationRegion = "us-east-1" }));
        builder.AddRunTable(new RunTableSettings(place[1]));
    }

    private static async Task TakeTurnAsync(IRunStore store, string counter, bool isKilled)
    {
        var record = RunRecordBuilder.Create(Job, DateTimeOffset.UtcNow);
        Lease? lease;
        while ((lease = (await store.AcquireAsync(Request("overlap:counter", record.RunId))).Lease) is null)
        {
            await Task.Delay(Random.Shared.Next(1, 20));
        }

        // Whoever reads at the same time writes the same number.
        var next = Number(await File.ReadAllTextAsync(counter)) + 1;
        await Task.Delay(Random.Shared.Next(0, 3));
        await File.WriteAllTextAsync(counter, next.ToString(CultureInfo.InvariantCulture));
        Console.WriteLine($"turn {next} {lease.Token} {record.RunId}");
        await store.WriteAsync(record, CancellationToken.None);
        if (!isKilled)
        {
            await store.EndAsync([new LeaseEnd(lease)]);
        }
    }

    private static async Task TakeSlotAsync(IRunStore store, int slot, string effects, bool isKilled)
    {
        var record = RunRecordBuilder.Create(Job, DateTimeOffset.UtcNow);
        while (true)
        {
            var result = await store.AcquireAsync(Request($"slot:{slot}", record.RunId));
            if (result.Outcome is { } outcome)
            {
                Console.WriteLine($"slot {slot} {outcome.RunId}");
                return;
            }

            if (result.Lease is not null && isKilled)
            {
                // Before its work: another process, or this one as another run, does it when the lease has expired.
                (isKilled, record) = (false, RunRecordBuilder.Create(Job, DateTimeOffset.UtcNow));
            }
            else if (result.Lease is { } lease)
            {
                await File.AppendAllTextAsync($"{effects}-{slot}-{record.RunId}", "once");
                var now = DateTimeOffset.UtcNow;
                await store.EndAsync([new LeaseEnd(lease, new LeaseOutcome(record.RunId, JobStatus.Succeeded, now, now.AddDays(7)))]);
            }
            else
            {
                await Task.Delay(Random.Shared.Next(1, 20));
            }
        }
    }

    private static LeaseRequest Request(string key, string runId) => new(Job, key, runId, DateTimeOffset.UtcNow + Term);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
