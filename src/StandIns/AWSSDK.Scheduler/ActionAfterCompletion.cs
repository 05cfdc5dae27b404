using Amazon.Runtime;

namespace Amazon.Scheduler;

/// <summary>What happens to a schedule after its last time.</summary>
/// <param name="value">The value as the service spells it.</param>
public class ActionAfterCompletion(string value) : ConstantClass(value)
{
    /// <summary>The value <c>DELETE</c>.</summary>
    public static readonly ActionAfterCompletion DELETE = new("DELETE");

    /// <summary>The value <c>NONE</c>.</summary>
    public static readonly ActionAfterCompletion NONE = new("NONE");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator ActionAfterCompletion(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static ActionAfterCompletion FindValue(string value) => FindValue<ActionAfterCompletion>(value);
}
