using Dispatcher.Events;
using Dispatcher.Jobs.Celery.CeleryEnqueue;
using Dispatcher.Jobs.Ecs.EcsRunTask;
using Dispatcher.Jobs.Http.HttpTrigger;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.Jobs.VideoUploads.Cleanup;
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
        .AddVideoUploadCleanup()
        .AddChannelBackfillEvents();

    /// <summary>What follows a channel backfill: its clean-up task, or a count to be alarmed by. The alert itself is the rule's SNS target.</summary>
    private static IDispatcherBuilder AddChannelBackfillEvents(this IDispatcherBuilder builder) => builder
        .AddEventCounter("channel-backfill-failed", "ChannelBackfillFailed")
        .MapEvent(
            "dn.backend.channelbackfill",
            "Channel Backfill Completed",
            """{"status":["success"]}""",
            EcsRunTaskBuilderExtensions.DefaultName,
            """{"task":"cmscustomidcleanup"}""")
        .MapEvent("dn.backend.channelbackfill", "Channel Backfill Failed", """{"status":["failed"]}""", "channel-backfill-failed");
}
