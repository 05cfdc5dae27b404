using System.Collections.Concurrent;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Plans;

/// <summary>A world of items with a version each, and a job that deletes all of them in batches.</summary>
internal sealed class PlannedWorld
{
    public const string Location = "memory:plan";
    public const string WritePayload = """{"job":"test-job","dryRun":true,"plan":"memory:plan"}""";
    public const string ApplyPayload = """{"job":"test-job","plan":"memory:plan"}""";

    private readonly ConcurrentDictionary<string, int> _items = new(StringComparer.Ordinal);

    public PlannedWorld(params string[] items)
    {
        foreach (var item in items)
        {
            _items[item] = 1;
        }
    }

    public IEnumerable<string> Items => _items.Keys.Order(StringComparer.Ordinal);

    /// <summary>Gets or sets what happens instead of a deletion.</summary>
    public Func<string, ChangeOutcome>? Instead { get; set; }

    public void Write(string item) => _items.AddOrUpdate(item, 1, static (_, version) => version + 1);

    public void Remove(string item) => _items.TryRemove(item, out _);

    public JobHarness CreateHarness(
        Action<JobOptions>? job = null,
        Dictionary<string, string?>? configuration = null,
        TimeProvider? timeProvider = null,
        Action<IServiceCollection>? services = null) =>
        TestRun.Harness(RunAsync, job, configuration, timeProvider, services);

    public static Change Describe(string item, int version) => new("test:Delete", item)
    {
        Reason = "old", Evidence = $"version={version}", Bytes = 3, Counter = "deleted",
    };

    private async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        foreach (var batch in _items.OrderBy(static item => item.Key, StringComparer.Ordinal).Chunk(3))
        {
            await context.Changes.TryApplyEachAsync(
                batch,
                static item => Describe(item.Key, item.Value),
                (admitted, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>([.. admitted.Select(item => Delete(item.Key))]),
                cancellationToken);
        }

        return JobResult.Succeeded("Done.");
    }

    private ChangeOutcome Delete(string item)
    {
        if (Instead is { } instead)
        {
            return instead(item);
        }

        return _items.TryRemove(item, out _) ? ChangeOutcome.Applied : ChangeOutcome.Skipped("gone");
    }
}
