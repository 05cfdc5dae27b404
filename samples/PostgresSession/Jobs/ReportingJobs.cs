using Dispatcher;
using Dispatcher.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PostgresSession.Jobs;

internal static class ReportingJobs
{
    public static void Add(IDispatcherBuilder jobs) => jobs
        .AddPostgres(source => source.MapEnum<AccountStatus>())
        .AddPostgres("reports", options =>
        {
            options.ConnectionStringKey = "ConnectionStrings:Reports";
            options.ConfigureDataSource((services, source) => source
                .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>())
                .UsePasswordProvider(
                    _ => throw new NotSupportedException("Connections are opened asynchronously."),
                    (settings, token) => services.GetRequiredService<IDatabaseTokens>().CreateAsync(settings, token)));
        })
        .AddJob<CopyTotalsJob>("copy-totals");
}

internal interface IDatabaseTokens
{
    ValueTask<string> CreateAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken);
}

internal sealed class CopyTotalsJob(PostgresDatabase database, [FromKeyedServices("reports")] PostgresDatabase reports) : IMaintenanceJob
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var from = await database.BeginAsync(context, new PostgresSessionOptions { ReadOnly = true }, cancellationToken);
        await using var to = await reports.BeginAsync(context, cancellationToken);
        var accounts = await from.ReadScalarAsync<long>($"SELECT count(*) FROM account", cancellationToken);
        await context.Changes.ApplyAsync(
            new Change("postgres:INSERT", "reports total"),
            async token =>
            {
                await to.ExecuteAsync($"INSERT INTO total (accounts, taken_at) VALUES ({accounts}, {context.StartedAt})", token);
                await to.CommitAsync(token);
            },
            cancellationToken);
        return JobResult.Succeeded($"There are {accounts} accounts.");
    }
}
