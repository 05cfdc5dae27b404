using Dispatcher.Postgres;
using Npgsql;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>A job of somebody's own that reads one row and answers with it.</summary>
internal sealed class ReadingJob(PostgresDatabase database, ReadingJob.Query query) : IMaintenanceJob
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(context, new PostgresSessionOptions { ReadOnly = true }, cancellationToken);
        return JobResult.Succeeded(await transaction.ReadOneAsync(query.Sql, query.Read, cancellationToken) ?? "no row");
    }

    internal sealed record Query(SqlText Sql, Func<NpgsqlDataReader, string> Read);
}
