namespace Dispatcher.Reporting.Figures;

/// <summary>The length of one step of a <see cref="Timeline"/>.</summary>
public enum TimelineUnit
{
    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A calendar day, of 23 or 25 hours when clocks change.</summary>
    Day,

    /// <summary>A calendar week from Monday on.</summary>
    Week,
}
