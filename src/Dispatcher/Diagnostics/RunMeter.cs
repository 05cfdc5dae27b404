using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dispatcher.Diagnostics;

/// <summary>
/// The instruments of the meter <c>Dispatcher</c>: the figures of the run record. They cost nothing unless somebody listens.
/// </summary>
internal static class RunMeter
{
    private static readonly Meter Meter = new("Dispatcher");

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("dispatcher.runs", "{run}", "Runs that have ended.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "dispatcher.run.duration",
        "s",
        "The duration of runs.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 900] });

    private static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>("dispatcher.run.attempts", "{attempt}", "Attempts of runs.");

    private static readonly Counter<long> Changes = Meter.CreateCounter<long>(
        "dispatcher.changes", "{change}", "Changes of runs, by outcome: planned (in a dry run), applied or failed.");

    private static readonly Counter<long> ItemErrors =
        Meter.CreateCounter<long>("dispatcher.item_errors", "{error}", "Items that failed.");

    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("dispatcher.storage.freed", "By", "Bytes that changes freed.");

    /// <summary>Records a run that has ended.</summary>
    public static void Record(RunRecord record)
    {
        if (!Runs.Enabled && !Duration.Enabled && !Attempts.Enabled && !Changes.Enabled && !ItemErrors.Enabled && !Bytes.Enabled)
        {
            return;
        }

        var tags = new TagList
        {
            { "job.name", record.Job },
            { "job.status", StatusNames.Of(record.Status) },
            { "job.dry_run", record.DryRun },
        };
        Runs.Add(1, tags);
        Duration.Record(record.DurationMs / 1000d, tags);
        Attempts.Add(record.Attempts, tags);
        ItemErrors.Add(record.ItemErrorCount, tags);
        Bytes.Add(record.Changes.Bytes, tags);
        if (record.DryRun)
        {
            Count(record.Changes.Proposed, "planned", tags);
        }
        else
        {
            Count(record.Changes.Applied, "applied", tags);
            Count(record.Changes.Failed, "failed", tags);
        }
    }

    private static void Count(long changes, string outcome, TagList tags)
    {
        tags.Add("change.outcome", outcome);
        Changes.Add(changes, tags);
    }
}
