namespace Dispatcher.Deployment.Triggers;

/// <summary>Says what kind of thing starts a job.</summary>
internal enum TriggerKind
{
    /// <summary>A rule of EventBridge with a schedule.</summary>
    ScheduleRule,

    /// <summary>A schedule of EventBridge Scheduler.</summary>
    Scheduler,

    /// <summary>A rule of EventBridge with an event pattern.</summary>
    EventRule,

    /// <summary>An SQS queue whose messages are payloads.</summary>
    Queue,
}
