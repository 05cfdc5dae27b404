using Dispatcher.Postgres;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>Asks who it is in a transaction with a role, and in the next one, which uses the same session, without.</summary>
internal sealed class AskingJob(PostgresDatabase database, AskingJob.Work work) : IMaintenanceJob
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => JobResult.Succeeded(
        $"{await AskAsync(context, work.Role, cancellationToken)} then {await AskAsync(context, null, cancellationToken)}");

    private async Task<string?> AskAsync(JobContext context, string? role, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(context, new PostgresSessionOptions { Role = role }, cancellationToken);
        var name = await transaction.ReadScalarAsync<string>($"SELECT current_user::text", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return name;
    }

    internal sealed record Work(string Role);
}
