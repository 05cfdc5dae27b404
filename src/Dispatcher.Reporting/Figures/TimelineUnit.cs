namespace Dispatcher.Reporting.Figures;

/// <summary>Says how long one step of a <see cref="Timeline"/> is.</summary>
internal enum TimelineUnit
{
    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A calendar day, of 23 or 25 hours where clocks are changed.</summary>
    Day,

    /// <summary>A calendar week from Monday on.</summary>
    Week,
}
