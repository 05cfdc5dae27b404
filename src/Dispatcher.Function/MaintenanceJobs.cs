using Dispatcher.Jobs.Celery.CeleryEnqueue;
using Dispatcher.Jobs.Ecs.EcsRunTask;
using Dispatcher.Jobs.Http.HttpTrigger;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.Jobs.VideoUploads.VideoUploadCleanup;
using Dispatcher.Registration;

namespace Dispatcher.Function;

/// <summary>Is the one list of jobs: what stands here can be dispatched, in Lambda and on the command line.</summary>
public static class MaintenanceJobs
{
    /// <summary>Adds every job.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddMaintenanceJobs(this IDispatcherBuilder builder) => builder
        .AddCeleryEnqueue()
        .AddDailyUptime()
        .AddEcsRunTask()
        .AddHttpTrigger()
        .AddRefreshMaterializedView()
        .AddVideoUploadCleanup();
}
