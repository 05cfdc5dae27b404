namespace Dispatcher.Deployment.Triggers;

/// <summary>The properties of a trigger that decide whether and when it fires, as templates name them.</summary>
public static class TriggerProperty
{
    /// <summary>The condition of the resource.</summary>
    public const string Condition = "Condition";

    /// <summary>The end of the schedule.</summary>
    public const string End = "EndDate";

    /// <summary>The schedule expression.</summary>
    public const string Expression = "ScheduleExpression";

    /// <summary>The start of the schedule.</summary>
    public const string Start = "StartDate";

    /// <summary>The state.</summary>
    public const string State = "State";

    /// <summary>The time zone of the schedule.</summary>
    public const string TimeZone = "ScheduleExpressionTimezone";

    /// <summary>The flexible time window.</summary>
    public const string Window = "FlexibleTimeWindow";
}
