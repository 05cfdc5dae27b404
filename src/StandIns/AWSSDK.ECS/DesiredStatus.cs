using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>The state that a task is meant to reach.</summary>
/// <param name="value">The value as the service spells it.</param>
public class DesiredStatus(string value) : ConstantClass(value)
{
    /// <summary>The value <c>PENDING</c>.</summary>
    public static readonly DesiredStatus PENDING = new("PENDING");

    /// <summary>The value <c>RUNNING</c>.</summary>
    public static readonly DesiredStatus RUNNING = new("RUNNING");

    /// <summary>The value <c>STOPPED</c>.</summary>
    public static readonly DesiredStatus STOPPED = new("STOPPED");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator DesiredStatus(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static DesiredStatus FindValue(string value) => FindValue<DesiredStatus>(value);
}
