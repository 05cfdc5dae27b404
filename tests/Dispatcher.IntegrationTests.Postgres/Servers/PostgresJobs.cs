using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>Puts both jobs into a dispatcher over a database.</summary>
internal static class PostgresJobs
{
    public static JobHarness Create(
        string? url, TimeProvider? timeProvider = null, Action<IDispatcherBuilder>? configure = null, params (
            string Key, string Value)[] settings)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = url,
            ["Retry:MaxAttempts"] = "1",
        };
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        return new JobHarness(
            builder =>
            {
                builder.AddDailyUptime().AddRefreshMaterializedView();
                configure?.Invoke(builder);
            },
            configuration,
            timeProvider);
    }
}
