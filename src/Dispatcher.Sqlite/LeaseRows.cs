using Dispatcher.Hosting;
using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite;

/// <summary>The table of leases. Its operations are part of a transaction, during which no other process writes.</summary>
internal static class LeaseRows
{
    /// <summary>How long the row of a lease without an outcome is kept, so that its token goes on growing.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public static LeaseResult Acquire(SqliteConnection connection, LeaseRequest request, DateTimeOffset now)
    {
        var last = Find(connection, request.Job, request.Key);
        if (last?.Outcome is { } outcome && outcome.KeepUntil > now)
        {
            return LeaseResult.Finished(outcome);
        }

        if (last?.Holder is { } holder && holder.Until > now)
        {
            if (holder.RunId != request.RunId)
            {
                return LeaseResult.HeldBy(holder);
            }

            // The request was sent again, because its answer was lost.
            var same = new Lease(request.Job, request.Key, request.RunId, last.Token);
            Renew(connection, [same], request.Until > holder.Until ? request.Until : holder.Until);
            return LeaseResult.Taken(same);
        }

        // The first token is the time: should the row of an earlier lease have been deleted, the token is greater than those that it had.
        var lease = new Lease(request.Job, request.Key, request.RunId, (last?.Token ?? Milliseconds(now)) + 1);
        connection.Execute("DELETE FROM leases WHERE expires_at <= @now", ("@now", Milliseconds(now)));
        connection.Execute(
            "INSERT OR REPLACE INTO leases (job, key, token, expires_at, holder, since, until) "
                + "VALUES (@job, @key, @token, @expiresAt, @run, @now, @until)",
            [
                .. Identify(lease),
                ("@expiresAt", Milliseconds(request.Until + Kept)), ("@now", Milliseconds(now)), ("@until", Milliseconds(request.Until)),
            ]);
        return LeaseResult.Taken(lease);
    }

    public static bool Renew(SqliteConnection connection, IReadOnlyList<Lease> leases, DateTimeOffset until)
    {
        if (!leases.All(lease => IsHeld(connection, lease)))
        {
            return false;
        }

        foreach (var lease in leases)
        {
            connection.Execute(
                "UPDATE leases SET until = @until, expires_at = @expiresAt WHERE job = @job AND key = @key",
                ("@job", lease.Job),
                ("@key", lease.Key),
                ("@until", Milliseconds(until)),
                ("@expiresAt", Milliseconds(until + Kept)));
        }

        return true;
    }

    /// <returns>How many leases were ended.</returns>
    public static int End(SqliteConnection connection, IReadOnlyList<LeaseEnd> ends, DateTimeOffset now) =>
        ends.Sum(end => connection.Execute(
            "UPDATE leases SET holder = NULL, since = NULL, until = NULL, done_by = @doneBy, done_status = @doneStatus, done_at = @doneAt, "
                + "keep_until = @keepUntil, expires_at = @expiresAt WHERE job = @job AND key = @key AND token = @token AND holder = @run",
            [
                .. Identify(end.Lease),
                ("@doneBy", end.Outcome?.RunId),
                ("@doneStatus", end.Outcome?.Status.ToString()),
                ("@doneAt", end.Outcome is { } done ? Milliseconds(done.FinishedAt) : null),
                ("@keepUntil", end.Outcome is { } kept ? Milliseconds(kept.KeepUntil) : null),
                ("@expiresAt", Math.Max(Milliseconds(end.Outcome?.KeepUntil ?? now), Milliseconds(now + Kept))),
            ]));

    /// <summary>Reads what a lease is now: held, finished (even if the outcome is not kept any more), or neither.</summary>
    public static LeaseResult? ReadState(SqliteConnection connection, string job, string key, DateTimeOffset now) =>
        Find(connection, job, key) switch
        {
            { Holder: { } holder } => holder.Until > now ? LeaseResult.HeldBy(holder) : null,
            { Outcome: { } outcome } => LeaseResult.Finished(outcome),
            _ => null,
        };

    /// <summary>Lists the holders of a job's leases that are held.</summary>
    public static IEnumerable<LeaseHolder> ReadHolders(SqliteConnection connection, string job, DateTimeOffset now)
    {
        using var command = connection.Prepare(
            "SELECT holder, since, until FROM leases WHERE job = @job AND holder IS NOT NULL AND until > @now",
            ("@job", job),
            ("@now", Milliseconds(now)));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new LeaseHolder(reader.GetString(0), Time(reader, 1), Time(reader, 2));
        }
    }

    private static Row? Find(SqliteConnection connection, string job, string key)
    {
        using var command = connection.Prepare(
            "SELECT token, holder, since, until, done_by, done_status, done_at, keep_until FROM leases WHERE job = @job AND key = @key",
            ("@job", job),
            ("@key", key));
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new Row(
                reader.GetInt64(0),
                reader.IsDBNull(1) ? null : new LeaseHolder(reader.GetString(1), Time(reader, 2), Time(reader, 3)),
                reader.IsDBNull(4)
                    ? null
                    : new LeaseOutcome(reader.GetString(4), Enum.Parse<JobStatus>(reader.GetString(5)), Time(reader, 6), Time(reader, 7)))
            : null;
    }

    private static bool IsHeld(SqliteConnection connection, Lease lease) => connection.Read<long>(
        "SELECT count(*) FROM leases WHERE job = @job AND key = @key AND token = @token AND holder = @run", Identify(lease)) == 1;

    private static (string Name, object? Value)[] Identify(Lease lease) =>
        [("@job", lease.Job), ("@key", lease.Key), ("@token", lease.Token), ("@run", lease.RunId)];

    private static DateTimeOffset Time(SqliteDataReader reader, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private sealed record Row(long Token, LeaseHolder? Holder, LeaseOutcome? Outcome);
}
