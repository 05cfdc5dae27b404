using Dispatcher;
using Dispatcher.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Postgres;

internal sealed class DeleteSessionsJob(PostgresDatabase database) : IMaintenanceJob
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(
            context, new PostgresSessionOptions { ReadOnly = context.DryRun }, cancellationToken);
        await context.Changes.ApplyAsync(
            new Change("postgres:Delete", "sessions"),
            stop => transaction.ExecuteAsync($"DELETE FROM sessions WHERE expires_at < now()", stop),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return JobResult.Succeeded("Deleted expired sessions.");
    }
}

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddPostgres().AddJob<DeleteSessionsJob>("delete-sessions");
}
