using System.Globalization;
using System.Text.Json;
using Dispatcher.Hosting;
using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite;

/// <summary>The rows that cannot be read as a run, so that one of them does not hide other runs.</summary>
internal sealed class UnreadableRows
{
    private const int MaxNamed = 3;

    private readonly List<string> _rows = [];

    /// <summary>Reads the record of a row.</summary>
    /// <returns>The run, or <see langword="null"/> if the row is not one.</returns>
    public RunRecord? TryRead(SqliteDataReader row)
    {
        try
        {
            return RunRecordJson.Deserialize(row.GetFieldValue<byte[]>(0));
        }
        catch (JsonException)
        {
            _rows.Add($"job={row.GetString(1)} runId={row.GetString(2)}");
            return null;
        }
    }

    public IEnumerable<string> Describe(string path) => _rows.Count == 0 ? [] :
    [
        $"{(_rows.Count == 1 ? "1 row" : $"{_rows.Count.ToString(CultureInfo.InvariantCulture)} rows")} of {path} cannot be read as a run "
        + $"and {(_rows.Count == 1 ? "was" : "were")} skipped: "
        + $"{string.Join("; ", _rows.Take(MaxNamed))}{(_rows.Count > MaxNamed ? "; …" : string.Empty)}. All other runs are shown.",
    ];
}
