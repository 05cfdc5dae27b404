using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Tool.History;

namespace Dispatcher.Tool.Exports;

/// <summary>Collects the runs and changes of whole days.</summary>
/// <param name="history">The runs.</param>
/// <param name="audit">The changes.</param>
/// <param name="folder">Where they are collected.</param>
internal sealed class HistoryExport(IRunHistory history, AuditSearch audit, ExportFolder folder)
{
    private const int TimeDigits = 12;

    /// <summary>Gets the number of runs.</summary>
    public long Runs { get; private set; }

    /// <summary>Gets the number of changes.</summary>
    public long Changes { get; private set; }

    /// <summary>Collects runs and changes. The day of a change is the day on which its run began.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="job">The only job; all jobs if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>A task that ends when everything is collected.</returns>
    public async Task CollectAsync(DateOnly first, string? job, CancellationToken cancellationToken)
    {
        var since = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        await foreach (var run in history.ListAsync(new RunQuery { Job = job, Since = since }, cancellationToken))
        {
            Runs++;
            Add(ExportTables.Runs, DayOf(run.StartedAt), run.Job, run);
        }

        var query = new AuditQuery { Job = job, Since = since };
        await foreach (var change in audit.FindAsync(query, entry => job is null || entry.Job == job, cancellationToken))
        {
            Changes++;
            Add(ExportTables.Changes, DayOf(StartOf(change)), change.Job, change);
        }

        folder.Close();
    }

    private void Add<T>(ExportTable<T> table, DateOnly day, string job, T row) =>
        folder.Add(ExportFolder.KeyOf(table.Name, day, job), table.Serialize(row).Span);

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>The id of a run begins with the time of its start, in milliseconds.</summary>
    private static DateTimeOffset StartOf(AuditEntry change)
    {
        var digits = change.RunId.Replace("-", string.Empty, StringComparison.Ordinal);
        return digits.Length > TimeDigits
            && long.TryParse(digits[..TimeDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : change.Time;
    }
}
