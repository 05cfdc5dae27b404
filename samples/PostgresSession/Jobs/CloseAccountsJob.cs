using Dispatcher;
using Dispatcher.Postgres;

namespace PostgresSession.Jobs;

internal sealed class CloseAccountsJob(PostgresDatabase database) : IMaintenanceJob
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(context, cancellationToken);
        if (!context.DryRun && !await transaction.TryLockAsync("close-accounts", cancellationToken))
        {
            return JobResult.Skipped("Another run is closing accounts.");
        }

        var ids = await transaction.ReadAllAsync(
            $"SELECT id FROM account WHERE status = {AccountStatus.Cancelled} AND plan ->> 'kind' = {"trial"}",
            row => row.GetInt64(0),
            cancellationToken);
        var changes = ids.Select(id => new Change("postgres:UPDATE", $"account {id}") { Reason = "cancelled during its trial" });
        await context.Changes.ApplyAllAsync(
            [.. changes],
            async token =>
            {
                var note = """{"closedBy":"close-accounts"}""";
                await transaction.ExecuteAsync(
                    $"UPDATE account SET status = {AccountStatus.Closed}, notes = notes || {note:jsonb} WHERE id = ANY({ids})", token);
                await transaction.CommitAsync(token);
            },
            cancellationToken);
        return JobResult.Succeeded($"Closed {ids.Count} accounts.");
    }
}
