using System.Globalization;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Reporting.Figures;

namespace Dispatcher.Tool.Exports;

/// <summary>The tables of an export. Times are in UTC, in the form that Athena and DuckDB read as a timestamp.</summary>
internal static class ExportTables
{
    private const string Text = "string";
    private const string Time = "timestamp";
    private const string Whole = "bigint";

    /// <summary>Gets the table with a row for each run.</summary>
    public static ExportTable<RunRecord> Runs { get; } = new("runs",
    [
        Column<RunRecord>("run_id", static run => run.RunId),
        Column<RunRecord>("task", static run => run.Task),
        Column<RunRecord>("slot", static run => run.Slot),
        Column<RunRecord>("status", static run => JsonNamingPolicy.CamelCase.ConvertName(run.Status.ToString())),
        new("dry_run", "boolean", static (writer, run) => writer.WriteBooleanValue(run.DryRun)),
        At<RunRecord>("started_at", static run => run.StartedAt),
        At<RunRecord>("ended_at", static run => run.StartedAt.AddMilliseconds(run.DurationMs)),
        Number<RunRecord>("duration_ms", static run => run.DurationMs),
        Number<RunRecord>("attempts", static run => run.Attempts),
        Number<RunRecord>("memory_mb", static run => run.MemoryMegabytes),
        new("gb_seconds", "double", WriteUse),
        Number<RunRecord>("changes_proposed", static run => run.Changes.Proposed),
        Number<RunRecord>("changes_applied", static run => run.Changes.Applied),
        Number<RunRecord>("changes_failed", static run => run.Changes.Failed),
        Number<RunRecord>("bytes_freed", static run => run.Changes.Bytes),
        Number<RunRecord>("item_errors", static run => run.ItemErrorCount),
        Column<RunRecord>("summary", static run => run.Summary),
        Column<RunRecord>("first_error", static run => run.Errors is [{ } first, ..] ? $"{first.Item}: {first.Error}" : null),
        new("counts", "map<string,bigint>", WriteCounts),
        new("parameters", "map<string,string>", WriteParameters),
        new("is_total", "boolean", static (writer, run) => writer.WriteBooleanValue(run.Shards is not null)),
    ]);

    /// <summary>Gets the table with a row for each change.</summary>
    public static ExportTable<AuditEntry> Changes { get; } = new("changes",
    [
        Column<AuditEntry>("run_id", static change => change.RunId),
        Number<AuditEntry>("change", static change => change.Change),
        At<AuditEntry>("changed_at", static change => change.Time),
        Column<AuditEntry>("action", static change => change.Action),
        Column<AuditEntry>("target", static change => change.Target),
        Column<AuditEntry>("outcome", static change => JsonNamingPolicy.CamelCase.ConvertName(change.Outcome.ToString())),
        Column<AuditEntry>("reason", static change => change.Reason),
        Column<AuditEntry>("evidence", static change => change.Evidence),
        Number<AuditEntry>("bytes", static change => change.Bytes),
        Column<AuditEntry>("error", static change => change.Error),
    ]);

    private static ExportColumn<T> Column<T>(string name, Func<T, string?> value) =>
        new(name, Text, (writer, row) => writer.WriteStringValue(value(row)));

    private static ExportColumn<T> At<T>(string name, Func<T, DateTimeOffset> value) => new(name, Time, (writer, row) =>
        writer.WriteStringValue(value(row).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)));

    private static ExportColumn<T> Number<T>(string name, Func<T, long?> value) => new(name, Whole, (writer, row) =>
    {
        if (value(row) is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    });

    private static void WriteUse(Utf8JsonWriter writer, RunRecord run)
    {
        var use = new LambdaUse();
        use.Add(run);
        if (use.Runs > 0)
        {
            writer.WriteNumberValue(use.GigabyteSeconds);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteCounts(Utf8JsonWriter writer, RunRecord run)
    {
        writer.WriteStartObject();
        foreach (var (name, count) in run.Counts.OrderBy(static count => count.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(name, count);
        }

        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, RunRecord run)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in run.Parameters ?? new Dictionary<string, string>())
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
