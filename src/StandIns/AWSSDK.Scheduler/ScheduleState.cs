using Amazon.Runtime;

namespace Amazon.Scheduler;

/// <summary>Whether a schedule is enabled.</summary>
/// <param name="value">The value as the service spells it.</param>
public class ScheduleState(string value) : ConstantClass(value)
{
    /// <summary>The value <c>DISABLED</c>.</summary>
    public static readonly ScheduleState DISABLED = new("DISABLED");

    /// <summary>The value <c>ENABLED</c>.</summary>
    public static readonly ScheduleState ENABLED = new("ENABLED");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator ScheduleState(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static ScheduleState FindValue(string value) => FindValue<ScheduleState>(value);
}
