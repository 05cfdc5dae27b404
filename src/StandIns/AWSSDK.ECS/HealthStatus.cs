using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>The health of a task or container.</summary>
/// <param name="value">The value as the service spells it.</param>
public class HealthStatus(string value) : ConstantClass(value)
{
    /// <summary>The value <c>HEALTHY</c>.</summary>
    public static readonly HealthStatus HEALTHY = new("HEALTHY");

    /// <summary>The value <c>UNHEALTHY</c>.</summary>
    public static readonly HealthStatus UNHEALTHY = new("UNHEALTHY");

    /// <summary>The value <c>UNKNOWN</c>.</summary>
    public static readonly HealthStatus UNKNOWN = new("UNKNOWN");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator HealthStatus(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static HealthStatus FindValue(string value) => FindValue<HealthStatus>(value);
}
