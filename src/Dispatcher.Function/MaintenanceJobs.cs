using Dispatcher.EventBridge;
using Dispatcher.Jobs.Celery;
using Dispatcher.Jobs.Ecs;
using Dispatcher.Jobs.Http;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.Jobs.VideoUploads.Cleanup;

namespace Dispatcher.Function;

/// <summary>The list of jobs that can be dispatched, in Lambda and on the command line.</summary>
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

    /// <summary>
    /// Adds what follows a channel backfill: its cleanup task, or a count for an alarm. The alert itself is the rule's SNS target.
    /// </summary>
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
