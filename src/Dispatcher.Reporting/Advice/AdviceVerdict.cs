namespace Dispatcher.Reporting.Advice;

/// <summary>What the history says about a schedule.</summary>
public enum AdviceVerdict
{
    /// <summary>There are too few runs, or they cover too few days.</summary>
    TooLittleHistory,

    /// <summary>The runs have no regular interval: events or people start them.</summary>
    NoRegularSchedule,

    /// <summary>No schedule with fewer runs keeps within the longest age.</summary>
    Keep,

    /// <summary>A schedule with fewer runs keeps within the longest age.</summary>
    Change,
}
