namespace Dispatcher.Deployment.Triggers;

/// <summary>The kind of a trigger.</summary>
public enum TriggerKind
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
