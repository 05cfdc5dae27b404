namespace Dispatcher.Deployment.Schedules;

/// <summary>The service that evaluates a schedule expression. Each accepts different expressions.</summary>
internal enum ExpressionHost
{
    /// <summary>An EventBridge rule: rate and cron, in UTC.</summary>
    Rule,

    /// <summary>EventBridge Scheduler: rate, cron and at, in a time zone of its own.</summary>
    Scheduler,
}
