using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>How the containers of a task reach the network.</summary>
/// <param name="value">The value as the service spells it.</param>
public class NetworkMode(string value) : ConstantClass(value)
{
    /// <summary>The value <c>awsvpc</c>.</summary>
    public static readonly NetworkMode Awsvpc = new("awsvpc");

    /// <summary>The value <c>bridge</c>.</summary>
    public static readonly NetworkMode Bridge = new("bridge");

    /// <summary>The value <c>host</c>.</summary>
    public static readonly NetworkMode Host = new("host");

    /// <summary>The value <c>none</c>.</summary>
    public static readonly NetworkMode None = new("none");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator NetworkMode(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static NetworkMode FindValue(string value) => FindValue<NetworkMode>(value);
}
