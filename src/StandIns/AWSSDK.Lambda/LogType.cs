using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>Whether an answer holds the end of the log.</summary>
/// <param name="value">The value as the service spells it.</param>
public class LogType(string value) : ConstantClass(value)
{
    /// <summary>The value <c>None</c>.</summary>
    public static readonly LogType None = new("None");

    /// <summary>The value <c>Tail</c>.</summary>
    public static readonly LogType Tail = new("Tail");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator LogType(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static LogType FindValue(string value) => FindValue<LogType>(value);
}
