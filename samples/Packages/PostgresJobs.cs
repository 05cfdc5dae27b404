using Dispatcher;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

namespace Acme.PostgresJobs;

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddDailyUptime().AddRefreshMaterializedView();
}
