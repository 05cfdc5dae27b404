using Dispatcher.Postgres;

namespace Dispatcher.IntegrationTests.Postgres.Batches;

/// <summary>A job that is nothing but its batches.</summary>
internal sealed class BatchJob(PostgresDatabase database, PostgresBatch<int> batch) : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
        database.RunBatchesAsync(context, batch, cancellationToken);
}
