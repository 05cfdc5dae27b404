using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite;

/// <summary>The table of runs.</summary>
internal static class RunRows
{
    /// <summary>Adds a run.</summary>
    /// <returns>How many rows were added.</returns>
    public static int Insert(SqliteConnection connection, RunRecord record, ReadOnlySpan<byte> json, bool replace) => connection.Execute(
        $"INSERT OR {(replace ? "REPLACE" : "IGNORE")} INTO runs (run_id, job, started_at, status, record) "
            + "VALUES (@runId, @job, @startedAt, @status, @record)",
        ("@runId", record.RunId),
        ("@job", record.Job),
        ("@startedAt", record.StartedAt.ToUnixTimeMilliseconds()),
        ("@status", WordFor(record.Status)),
        ("@record", Encoding.UTF8.GetString(json)));

    public static SqliteCommand Select(SqliteConnection connection, RunQuery query)
    {
        var (conditions, parameters) = (new List<string>(), new List<(string, object?)>());
        Add(query.Job is not null, "job = @job", "@job", query.Job);
        Add(query.Since is not null, "started_at >= @since", "@since", query.Since?.ToUnixTimeMilliseconds());
        Add(query.Status is not null, "status = @status", "@status", query.Status is { } status ? WordFor(status) : null);
        var where = conditions.Count == 0 ? string.Empty : $"WHERE {string.Join(" AND ", conditions)} ";
        if (query.NewestPerJob is { } newest)
        {
            // The inner query reads an index alone, not the records.
            parameters.Add(("@newest", newest));
            where = "WHERE (run_id, job) IN (SELECT run_id, job FROM ("
                + $"SELECT run_id, job, row_number() OVER (PARTITION BY job ORDER BY run_id DESC) AS place FROM runs {where}"
                + ") WHERE place <= @newest) ";
        }

        // An id begins with the time, so that it orders runs as their beginnings do.
        return connection.Prepare($"SELECT record, job, run_id FROM runs {where}ORDER BY run_id DESC", [.. parameters]);

        void Add(bool isSet, string condition, string name, object? value)
        {
            if (isSet)
            {
                conditions.Add(condition);
                parameters.Add((name, value));
            }
        }
    }

    /// <summary>Selects the runs whose ids begin with a text. No character sorts after the last one of Unicode.</summary>
    public static SqliteCommand SelectBeginning(SqliteConnection connection, string beginning) => connection.Prepare(
        "SELECT record, job, run_id FROM runs WHERE run_id >= @first AND run_id <= @last ORDER BY run_id DESC",
        ("@first", beginning),
        ("@last", $"{beginning}\U0010FFFF"));

    public static SqliteCommand SelectOne(SqliteConnection connection, string job, string runId) => connection.Prepare(
        "SELECT record, job, run_id FROM runs WHERE run_id = @runId AND job = @job", ("@runId", runId), ("@job", job));

    private static string WordFor(JobStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
