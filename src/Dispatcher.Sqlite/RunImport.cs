using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Dispatcher.Hosting;
using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite;

/// <summary>
/// The import of the history that earlier versions kept as JSON lines. It can be repeated: a run that is already there stays as it is. The
/// lines are kept under a new name.
/// </summary>
internal static class RunImport
{
    private const int MaxNamed = 5;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r"u8);

    /// <summary>Imports the lines. Of many processes at once, one does.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="lines">The lines.</param>
    public static void Execute(SqliteConnection connection, JsonLinesFile lines)
    {
        // A process of an earlier version, which appends a line at this moment, holds the same lock.
        using var held = lines.Lock();
        if (!File.Exists(lines.Path))
        {
            return;
        }

        var kept = FreeName(lines.Path);
        using (var transaction = connection.BeginTransaction(deferred: false))
        {
            var (runs, unreadable) = (0, new List<int>());
            foreach (var (index, line) in lines.ReadLines().Index())
            {
                if (TryRead(line.Span, out var record))
                {
                    runs += RunRows.Insert(connection, record, line.Span, replace: false);
                }
                else if (line.Span.ContainsAnyExcept(Blanks))
                {
                    unreadable.Add(index + 1);
                }
            }

            connection.Execute(
                "INSERT OR REPLACE INTO imports (file, runs, unreadable, lines) VALUES (@file, @runs, @unreadable, @lines)",
                ("@file", kept),
                ("@runs", runs),
                ("@unreadable", unreadable.Count),
                ("@lines", string.Join(", ", unreadable.Take(MaxNamed)) + (unreadable.Count > MaxNamed ? ", …" : string.Empty)));
            transaction.Commit();
        }

        // A process that is killed before this line leaves the lines to the next one, which finds all runs there.
        File.Move(lines.Path, kept);
    }

    /// <summary>Describes the lines that could not be imported, for as long as they are kept.</summary>
    public static IEnumerable<string> DescribeOmissions(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT file, unreadable, lines FROM imports WHERE unreadable > 0 ORDER BY file");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var (file, count) = (reader.GetString(0), reader.GetInt64(1));
            if (File.Exists(file))
            {
                var (lines, were) = count == 1 ? ("1 line", "was") : ($"{count.ToString(CultureInfo.InvariantCulture)} lines", "were");
                yield return $"{lines} of {file} cannot be read as a run and {were} not imported: {reader.GetString(2)}. All other runs "
                    + "are shown. Delete the file if you do not need it.";
            }
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> line, out RunRecord record)
    {
        try
        {
            record = RunRecordJson.Deserialize(line);
            return true;
        }
        catch (JsonException)
        {
            record = null!;
            return false;
        }
    }

    private static string FreeName(string path)
    {
        var name = $"{path}.imported";
        for (var number = 2; File.Exists(name); number++)
        {
            name = $"{path}.imported-{number.ToString(CultureInfo.InvariantCulture)}";
        }

        return name;
    }
}
