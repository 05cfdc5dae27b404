using Dispatcher.Postgres;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>Writes past the change gate, and, where it is asked to, keeps the refusal to itself.</summary>
internal sealed class MisbehavingJob(PostgresDatabase database, MisbehavingJob.Manners manners) : IMaintenanceJob
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(context, new PostgresSessionOptions(), cancellationToken);
        foreach (var statement in manners.Statements)
        {
            try
            {
                await transaction.ExecuteAsync(SqlText.Create(statement), cancellationToken);
            }
            catch (Exception) when (manners.Swallow)
            {
                // The point of the test: the run has to fail all the same.
            }
        }

        if (!context.DryRun)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return JobResult.Succeeded("All is well.");
    }

    internal sealed record Manners(IReadOnlyList<string> Statements, bool Swallow);
}
