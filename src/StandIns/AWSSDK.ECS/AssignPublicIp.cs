using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Whether a task gets a public IP address.</summary>
/// <param name="value">The value as the service spells it.</param>
public class AssignPublicIp(string value) : ConstantClass(value)
{
    /// <summary>The value <c>DISABLED</c>.</summary>
    public static readonly AssignPublicIp DISABLED = new("DISABLED");

    /// <summary>The value <c>ENABLED</c>.</summary>
    public static readonly AssignPublicIp ENABLED = new("ENABLED");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator AssignPublicIp(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static AssignPublicIp FindValue(string value) => FindValue<AssignPublicIp>(value);
}
