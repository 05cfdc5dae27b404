using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>What tasks run on.</summary>
/// <param name="value">The value as the service spells it.</param>
public class LaunchType(string value) : ConstantClass(value)
{
    /// <summary>The value <c>EC2</c>.</summary>
    public static readonly LaunchType EC2 = new("EC2");

    /// <summary>The value <c>EXTERNAL</c>.</summary>
    public static readonly LaunchType EXTERNAL = new("EXTERNAL");

    /// <summary>The value <c>FARGATE</c>.</summary>
    public static readonly LaunchType FARGATE = new("FARGATE");

    /// <summary>The value <c>MANAGED_INSTANCES</c>.</summary>
    public static readonly LaunchType MANAGED_INSTANCES = new("MANAGED_INSTANCES");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator LaunchType(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static LaunchType FindValue(string value) => FindValue<LaunchType>(value);
}
