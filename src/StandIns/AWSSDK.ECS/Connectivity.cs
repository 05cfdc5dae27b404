using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Whether the task is connected.</summary>
/// <param name="value">The value as the service spells it.</param>
public class Connectivity(string value) : ConstantClass(value)
{
    /// <summary>The value <c>CONNECTED</c>.</summary>
    public static readonly Connectivity CONNECTED = new("CONNECTED");

    /// <summary>The value <c>DISCONNECTED</c>.</summary>
    public static readonly Connectivity DISCONNECTED = new("DISCONNECTED");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator Connectivity(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static Connectivity FindValue(string value) => FindValue<Connectivity>(value);
}
