using System.Text.Json;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The counts in a row of whole numbers: <c>total_jobs</c> becomes the count <c>totalJobs</c>. NULL is omitted.</summary>
internal static class Statistics
{
    /// <summary>A metric directive holds 100 values; the job's own need some of them.</summary>
    private const int MaxColumns = 50;

    public static IReadOnlyDictionary<string, long> Read(NpgsqlDataReader row)
    {
        if (row.FieldCount > MaxColumns)
        {
            throw new PermanentJobException($"The statistics query returns {row.FieldCount} columns. Return at most {MaxColumns}.");
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var column = 0; column < row.FieldCount; column++)
        {
            if (!row.IsDBNull(column) && !counts.TryAdd(CountName(row.GetName(column)), ReadWhole(row, column)))
            {
                throw new PermanentJobException(
                    $"The statistics query returns the column '{row.GetName(column)}' twice. Name each column differently, with AS.");
            }
        }

        return counts;
    }

    /// <summary>Turns a column's name into a count's.</summary>
    internal static string CountName(string column)
    {
        var words = column.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Select((word, index) => index == 0
            ? JsonNamingPolicy.CamelCase.ConvertName(word)
            : char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static long ReadWhole(NpgsqlDataReader row, int column)
    {
        var value = row.GetValue(column);
        return value switch
        {
            long whole => whole,
            int whole => whole,
            short whole => whole,
            decimal whole when whole == decimal.Truncate(whole) && whole is >= long.MinValue and <= long.MaxValue => (long)whole,
            _ => throw new PermanentJobException(
                $"The statistics query returns {row.GetDataTypeName(column)} in column '{row.GetName(column)}'. Return whole numbers, for "
                + "example with ::bigint."),
        };
    }
}
