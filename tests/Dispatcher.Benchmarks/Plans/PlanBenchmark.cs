using System.Diagnostics;
using System.Globalization;
using Dispatcher.Plans;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Benchmarks.Plans;

/// <summary>Measures the memory and the time of a process that writes or applies a plan of many changes.</summary>
internal static class PlanBenchmark
{
    /// <summary>Writes or applies the plan, and prints the peak of the working set.</summary>
    public static async Task<int> RunAsync(string action, int count, string file)
    {
        await using var harness = new JobHarness(builder =>
        {
            builder.Services.AddSingleton(new Amount(count));
            builder.Services.AddSingleton<IPlanStore>(new PlanFiles());
            builder.AddJob<ManyChangesJob>("many");
        });
        var began = Stopwatch.GetTimestamp();
        var record = await harness.RunAsync(
            action == "write"
                ? $$"""{"job":"many","dryRun":true,"plan":"{{file}}"}"""
                : $$"""{"job":"many","plan":"{{file}}"}""");
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{action}: {record.Status}, {record.Changes.Proposed} proposed, {record.Changes.Applied} applied, "
            + $"{(File.Exists(file) ? new FileInfo(file).Length / 1e6 : 0):0.0} MB file, "
            + $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, "
            + $"peak working set {process.PeakWorkingSet64 / 1e6:0} MB, {record.Summary}"));
        return record.Status is JobStatus.Planned or JobStatus.Succeeded && record.Count(PlanReport.NotInPlanCount) == 0 ? 0 : 1;
    }

    /// <summary>A job that proposes changes in batches and keeps nothing.</summary>
    private sealed class ManyChangesJob(Amount amount) : IMaintenanceJob
    {
        private const int BatchSize = 100;

        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            for (var first = 0; first < amount.Count; first += BatchSize)
            {
                await context.Changes.TryApplyEachAsync(
                    [.. Enumerable.Range(first, Math.Min(BatchSize, amount.Count - first)).Select(Describe)],
                    static (changes, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>(
                        [.. changes.Select(static _ => ChangeOutcome.Applied)]),
                    cancellationToken);
            }

            return JobResult.Succeeded("Done.");
        }

        private static Change Describe(int number) =>
            new("s3:DeleteObject", $"s3://uploads/uploads/2026-11-01/00000000-0000-4000-8000-{number:D12}.mp4")
            {
                Reason = "no session, last modified 2026-11-01T00:00:00Z",
                Evidence = $"etag=d41d8cd98f00b204e9800998ecf8427e size={number} lastModified=2026-11-01T00:00:00Z",
                Bytes = number,
                Counter = "orphanedObjectsDeleted",
            };
    }

    private sealed record Amount(int Count);

    private sealed class PlanFiles : IPlanStore
    {
        public bool Handles(string location) => !location.StartsWith("memory:", StringComparison.Ordinal);

        public void EnsureAllowed(string location)
        {
        }

        public Task<Stream> OpenAsync(string location, CancellationToken cancellationToken = default) =>
            Task.FromResult<Stream>(File.OpenRead(location));

        public async Task PublishAsync(string location, Stream contents, CancellationToken cancellationToken = default)
        {
            await using var file = File.Create(location);
            await contents.CopyToAsync(file, cancellationToken);
        }
    }
}
