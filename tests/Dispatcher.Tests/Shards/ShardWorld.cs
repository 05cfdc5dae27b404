using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.Continuations;
using Dispatcher.Tests.Leases;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Shards;

/// <summary>A store and a queue that several dispatchers share, and a job that counts which items it did.</summary>
internal sealed class ShardWorld : IAsyncDisposable
{
    public const int Items = 100;

    private readonly List<JobHarness> _harnesses = [];
    private readonly List<int> _done = [];

    public ShardWorld() => Store = new MemoryRunStore(Clock);

    public TestClock Clock { get; } = new();

    public MemoryRunStore Store { get; }

    public RecordingSender Queue { get; } = new();

    /// <summary>Gets or sets what happens in a run before it does its items.</summary>
    public Func<JobContext, Task<JobResult?>> Before { get; set; } = static _ => Task.FromResult<JobResult?>(null);

    /// <summary>Gets the items that were done, in order.</summary>
    public int[] Done
    {
        get
        {
            lock (_done)
            {
                return [.. _done.Order()];
            }
        }
    }

    public IReadOnlyList<JobRequest> Messages => [.. Queue.Sent.Select(static message => message.Request)];

    /// <summary>Creates a process.</summary>
    public JobHarness Create(Action<JobOptions>? job = null, bool sender = true)
    {
        var harness = LeaseHarness.Create(
            RunAsync,
            Store,
            Clock,
            options =>
            {
                options.MaxShards = JobShard.MaxCount;
                job?.Invoke(options);
            },
            services: services =>
            {
                if (sender)
                {
                    services.AddSingleton<IRequestSender>(Queue);
                }
            });
        _harnesses.Add(harness);
        return harness;
    }

    public static Task<RunRecord> StartAsync(JobHarness harness, int shards, string id = "event-1") =>
        DispatchAsync(harness, new JobRequest(TestRun.JobName) { Id = id, Shards = shards });

    public static Task<RunRecord> DispatchAsync(JobHarness harness, JobRequest request) =>
        harness.RunAsync(JobRequestJson.Write(request));

    /// <summary>Finds the record of the slot: it has the id of the run that queued the shards.</summary>
    public async Task<RunRecord> RecordAsync(RunRecord start) => (await Store.GetAsync(start.Job, start.RunId))!;

    public async ValueTask DisposeAsync()
    {
        foreach (var harness in _harnesses)
        {
            await harness.DisposeAsync();
        }
    }

    private async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        if (await Before(context) is { } result)
        {
            return result;
        }

        foreach (var item in Enumerable.Range(0, Items).Where(item => context.Shard.Owns((ulong)item)))
        {
            context.Counters.Add("seen");
            await context.Changes.ApplyAsync(
                new Change("test:Do", $"item-{item}") { Counter = "done", Bytes = 2 },
                _ =>
                {
                    lock (_done)
                    {
                        _done.Add(item);
                    }

                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        return JobResult.Succeeded($"Did {context.Shard}.");
    }
}
