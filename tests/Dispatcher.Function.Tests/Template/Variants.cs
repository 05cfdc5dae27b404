namespace Dispatcher.Function.Tests.Template;

/// <summary>Lists the ways in which the tests deploy the template.</summary>
internal static class Variants
{
    private static readonly string[] Off = ["VideoUploadCleanupEnabled=false", "VideoUploadBucketName="];
    private static readonly string[] Ecs = ["EcsSubnetIds=subnet-0614f6234c8532909", "EcsRoleArns=arn:aws:iam::123456789012:role/task"];
    private static readonly string[] Database =
    [
        "DatabaseHost=db.example.com", "DatabaseName=app", "DatabaseSecretName=maintenance/database",
    ];

    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Team = "66666666-7777-8888-9999-000000000000";

    /// <summary>The version of the database's secret that <see cref="Rotated"/> names.</summary>
    public const string SecretVersion = "01234567-89ab-cdef-0123-456789abcdef";

    /// <summary>Gets what is deployed also where no job is enabled.</summary>
    public static string[] Basis { get; } =
    [
        "DispatcherFunction", "DispatcherFunctionRole", "DispatcherFunctionEventInvokeConfig", "LogGroup",
        "FailedRunsQueue", "FailedRunsQueuePolicy", "UndeliveredEventsQueue", "UndeliveredEventsQueuePolicy",
        "RunsTable", "RunsPolicy", "AlarmTopic", "AlarmTopicPolicy", "Dashboard",
        "FunctionErrorsAlarm", "FunctionThrottlesAlarm", "FailedRunsAlarm", "UndeliveredEventsAlarm",
    ];

    /// <summary>Gets the first deployment: what has to be given, and nothing else.</summary>
    public static Variant First { get; } = new(
        "First",
        ["VideoUploadBucketName=uploads"],
        [
            "VideoUploadCleanupRule", "VideoUploadCleanupPermission", "VideoUploadCleanupPolicy", "VideoUploadCleanupFailedAlarm",
            "VideoUploadCleanupLongRunAlarm", "VideoUploadCleanupErrorsAlarm",
        ]);

    /// <summary>Gets everything, acting and not only planning.</summary>
    public static Variant Everything { get; } = new(
        "Everything",
        [
            "DryRun=false",
            "VideoUploadBucketName=uploads",
            "CeleryEnqueueEnabled=true",
            "RunUptimeEnabled=true",
            "RunUptimeUrl=https://app.example.com/api/internal/run-uptime/",
            "SecretsExtensionLayerArn=LAYER",
            "ClaimsReportEnabled=true",
            "ChannelBackfillEnabled=true",
            "ChannelBackfillEventBusName=workflow",
            "EcsSubnetIds=subnet-0614f6234c8532909,subnet-07af64e6a2897f64c",
            "EcsRoleArns=arn:aws:iam::123456789012:role/task,arn:aws:iam::123456789012:role/execution",
            "DailyUptimeEnabled=true",
            "RefreshMaterializedViewEnabled=true",
            .. Database,
            "JobQueueEnabled=true",
            "VpcSubnetIds=SUBNET",
            "VpcSecurityGroupIds=GROUP",
            "ReservedConcurrency=5",
            "TracingMode=Active",
            "AuditBucketName=audit-trail",
            "PlanBucketName=plans-of-runs",
            "AlarmEmail=operators@example.com",
            "SlackChannel=T01234567/C01234567",
            $"TeamsChannel={Tenant}/{Team}/19%3Aabc%40thread.tacv2",
        ],
        []);

    /// <summary>Gets everything, with a role for each job.</summary>
    public static Variant Roles { get; } = Everything with { Name = "Roles", Parameters = [.. Everything.Parameters, "JobRoles=true"] };

    /// <summary>Gets everything as it is on the first day: planning only.</summary>
    public static Variant Planning { get; } = Everything with { Name = "Planning", Parameters = [.. Everything.Parameters, "DryRun=true"] };

    /// <summary>Gets everything that runs jobs, and nothing that watches them; in a namespace of its own, on the other processor.</summary>
    public static Variant Unwatched { get; } = Everything with
    {
        Name = "Unwatched",
        Parameters =
        [
            .. Everything.Parameters,
            "AlarmsEnabled=false", "DashboardEnabled=false", "RunsTableEnabled=false", "AuditBucketName=", "PlanBucketName=",
            "MetricsNamespace=Staging",
            "Architecture=arm64", "ReservedConcurrency=",
        ],
    };

    /// <summary>Gets everything after the database's secret has rotated.</summary>
    public static Variant Rotated { get; } =
        Everything with { Name = "Rotated", Parameters = [.. Everything.Parameters, $"DatabaseSecretVersionId={SecretVersion}"] };

    /// <summary>Gets everything with the emergency brake pulled.</summary>
    public static Variant Stopped { get; } =
        Everything with { Name = "Stopped", Parameters = [.. Everything.Parameters, "ReservedConcurrency=0"] };

    /// <summary>Gets nothing, and each part alone; not planning, so that all of its alarms are there.</summary>
    public static Variant[] EachAlone { get; } =
    [
        Alone("Nothing", [], []),
        Alone(
            "VideoUploadCleanup",
            ["VideoUploadCleanupEnabled=true", "VideoUploadBucketName=uploads"],
            [
                "VideoUploadCleanupRule", "VideoUploadCleanupPermission", "VideoUploadCleanupPolicy", "VideoUploadCleanupErrorsAlarm",
                .. Alarms("VideoUploadCleanup"),
            ]),
        Alone(
            "CeleryEnqueue",
            ["CeleryEnqueueEnabled=true"],
            ["CeleryEnqueueRule", "CeleryEnqueuePermission", "CeleryEnqueuePolicy", .. Alarms("CeleryEnqueue")]),
        Alone(
            "RunUptime",
            ["RunUptimeEnabled=true", "RunUptimeUrl=https://app.example.com/run/", "SecretsExtensionLayerArn=LAYER"],
            ["RunUptimeRule", "RunUptimePermission", "RunUptimePolicy", .. Alarms("RunUptime")]),
        Alone(
            "ClaimsReport",
            ["ClaimsReportEnabled=true", .. Ecs],
            [
                "ClaimsReportRule", "ClaimsReportPermission", "ClaimsReportPolicy", "ClaimsReportNoSuccessAlarm",
                "ClaimsReportTaskFailedAlarm", "EcsTasksFailedAlarm", "EcsTasksLongRunAlarm",
                "WatchRule", "WatchPermission", "WatchPolicy", "OverdueJobsAlarm",
            ]),
        Alone(
            "ChannelBackfill",
            ["ChannelBackfillEnabled=true", .. Ecs],
            [
                "ChannelBackfillCompletedRule", "ChannelBackfillCompletedPermission", "ChannelBackfillFailedRule",
                "ChannelBackfillFailedPermission",
                "ChannelBackfillPolicy", "ChannelBackfillAlerts", "ChannelBackfillAlertsPolicy", "ChannelBackfillFailedAlarm",
                "ChannelBackfillTaskFailedAlarm", "EcsTasksFailedAlarm", "EcsTasksLongRunAlarm",
            ]),
        Alone(
            "DailyUptime",
            ["DailyUptimeEnabled=true", .. Database],
            ["DailyUptimeRule", "DailyUptimePermission", .. Alarms("DailyUptime")]),
        Alone(
            "RefreshMaterializedView",
            ["RefreshMaterializedViewEnabled=true", .. Database],
            [
                "RefreshMaterializedViewRule", "RefreshMaterializedViewPermission", "RefreshMaterializedViewErrorsAlarm",
                .. Alarms("RefreshMaterializedView"),
            ]),
        Alone(
            "JobQueue",
            ["JobQueueEnabled=true"],
            [
                "JobQueue", "JobQueueTransportPolicy", "JobQueueMapping", "JobQueuePolicy", "FailedMessagesQueue",
                "FailedMessagesQueuePolicy", "FailedMessagesAlarm",
            ]),
    ];

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<Variant> All { get; } = [First, Everything, Roles, Planning, Unwatched, Rotated, Stopped, .. EachAlone];

    private static Variant Alone(string name, string[] parameters, string[] resources) =>
        new(name, ["DryRun=false", .. Off, .. parameters], resources);

    private static string[] Alarms(string job) => [$"{job}FailedAlarm", $"{job}LongRunAlarm", $"{job}NoSuccessAlarm"];
}
