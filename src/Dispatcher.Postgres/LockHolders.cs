using Dispatcher.Postgres.Connections;
using Dispatcher.Postgres.Sql;
using Dispatcher.Text;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>The sessions that hold a lock which a job did not get.</summary>
internal static class LockHolders
{
    private const int MaxShown = 3;

    private static readonly string Sql = EmbeddedSql.Read<PostgresDatabase>("lock-holders.sql");

    /// <summary>Returns the key of an advisory lock, from which the server computes a hash.</summary>
    public static string AdvisoryKey(string name) => $"maintenance-dispatcher:{name}";

    /// <summary>Describes who holds a lock, from a separate session: the transaction that did not get the lock has failed.</summary>
    public static async Task<string> DescribeAsync(
        PostgresDatabase database, JobContext context, string? connection, LockQuery query, CancellationToken cancellationToken)
    {
        try
        {
            var holders = new List<string>();
            await using var transaction = await database.BeginAsync(
                context, new PostgresSessionOptions { Connection = connection, ReadOnly = true }, cancellationToken);
            await transaction.ReadAsync(
                SqlText.Create(
                    Sql,
                    SqlValue.Of<string[]>([.. query.Relations]),
                    SqlValue.Of(AdvisoryKey(query.AdvisoryLock ?? string.Empty)),
                    SqlValue.Of(query.IncludeReaders)),
                row => holders.Add(Describe(row)),
                cancellationToken);
            return holders.Count switch
            {
                0 => "the lock was released meanwhile",
                <= MaxShown => string.Join("; ", holders),
                _ => $"{string.Join("; ", holders.Take(MaxShown))}; and others",
            };
        }
        catch (Exception exception) when (exception is NpgsqlException or DatabaseUnavailableException)
        {
            return "its holder could not be looked up";
        }
    }

    private static string Describe(NpgsqlDataReader row)
    {
        var what = row.IsDBNull(6) ? "the run's advisory lock" : $"{row.GetString(5)} on {row.GetString(6)}";
        if (row.IsDBNull(0))
        {
            return PrintableText.Escape($"a prepared transaction (see pg_prepared_xacts) holds {what}");
        }

        var user = row.IsDBNull(1) ? "an unknown user" : $"user '{row.GetString(1)}'";
        var application = row.IsDBNull(2) || row.GetString(2).Length == 0 ? "a session" : $"'{row.GetString(2)}'";
        var since = row.IsDBNull(4) ? "since a time that only members of pg_read_all_stats can read" : $"since {row.GetString(4)} UTC";
        var state = row.IsDBNull(3) ? string.Empty : $"{row.GetString(3)} ";
        return PrintableText.Escape($"process {row.GetInt32(0)} ({application} as {user}, {state}{since}) holds {what}");
    }
}
