using Amazon.Runtime;

namespace Amazon.EventBridge;

/// <summary>Whether a rule is enabled.</summary>
/// <param name="value">The value as the service spells it.</param>
public class RuleState(string value) : ConstantClass(value)
{
    /// <summary>The value <c>DISABLED</c>.</summary>
    public static readonly RuleState DISABLED = new("DISABLED");

    /// <summary>The value <c>ENABLED</c>.</summary>
    public static readonly RuleState ENABLED = new("ENABLED");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator RuleState(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static RuleState FindValue(string value) => FindValue<RuleState>(value);
}
