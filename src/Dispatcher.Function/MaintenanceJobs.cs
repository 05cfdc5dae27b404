using Dispatcher.EventBridge;
using Dispatcher.Jobs.Celery;
using Dispatcher.Jobs.Ecs;
using Dispatcher.Jobs.Http;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.Jobs.Ssm;
using Dispatcher.Jobs.VideoUploads.Cleanup;

namespace Dispatcher.Function;

/// <summary>The list of jobs that can be dispatched, in Lambda and on the command line.</summary>
public static class MaintenanceJobs
{
    /// <summary>Adds every job, in the order in which the template has them.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddMaintenanceJobs(this IDispatcherBuilder builder) => builder
        .AddVideoUploadCleanup()
        .AddCeleryEnqueue()
        .AddHttpTrigger(configure: static options => options.Deploy("run-uptime", DeployRunUptime))
        .AddEcsRunTask(configure: static options =>
        {
            options.Deploy("claims-report", DeployClaimsReport);
            options.Deploy("channel-backfill", DeployChannelBackfill);
        })
        .AddSsmRunCommand(configure: static options => options.Deploy("uptime-command", DeployUptimeCommand))
        .AddDailyUptime()
        .AddRefreshMaterializedView()
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

    private static void DeployRunUptime(JobDeployment deploy) => deploy
        .Enabled(byDefault: false, "Whether http-trigger calls the application's run-uptime endpoint.", condition: "RunUptime")
        .Schedule("cron(5 0 * * ? *)", """{"endpoint":"run_uptime"}""", "Calls the application's run-uptime endpoint.")
        .CallEndpoint(
            "run_uptime", "RunUptime", "https://app.example.com/api/internal/run-uptime/", secret: "maintenance/internal-key");

    private static void DeployUptimeCommand(JobDeployment deploy) => deploy
        .Enabled(byDefault: false, "Whether ssm-run-command runs the daily uptime on an instance.", condition: "RunUptimeCommand")
        .Schedule("cron(10 0 * * ? *)", """{"profile":"uptime"}""", "Runs the daily uptime on an instance.")
        .RunSsmCommand("uptime", "UptimeCommand");

    private static void DeployClaimsReport(JobDeployment deploy) => deploy
        .Enabled(byDefault: false, "Whether ecs-run-task starts the claims report.")
        .Schedule("rate(7 days)", """{"task":"claims-report"}""", "Starts the claims report on ECS.")
        .RunEcsTask("claims_report", "ClaimsReportTaskDefinition", "dn-task-claims-report-process")
        .ExpectSuccessWithin(168, "The same for the claims report, which is weekly.");

    /// <summary>Declares the cleanup task. The file Deployment/channel-backfill-alert.json adds the alert to the template.</summary>
    private static void DeployChannelBackfill(JobDeployment deploy) => deploy
        .Label("Events of the channel backfill")
        .Enabled(
            byDefault: false,
            "Whether a channel backfill that succeeded starts its clean-up, and one that failed raises an alert.",
            condition: "FollowChannelBackfill")
        .Parameter("ChannelBackfillEventBusName", parameter => parameter
            .Text("default", "[A-Za-z0-9_./-]{1,256}")
            .Describe("The event bus that the backfill sends its events to."))
        .Event(
            "Completed",
            "dn.backend.channelbackfill",
            "Channel Backfill Completed",
            """{"status":["success"]}""",
            bus: "${ChannelBackfillEventBusName}",
            description: "Starts the clean-up of custom ids after a channel backfill.")
        .Task("cmscustomidcleanup")
        .RunEcsTask("cmscustomidcleanup", "ChannelBackfillTaskDefinition", "cmscustomidcleanup-task");
}
