using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>What a description can include besides the task itself.</summary>
/// <param name="value">The value as the service spells it.</param>
public class TaskField(string value) : ConstantClass(value)
{
    /// <summary>The value <c>TAGS</c>.</summary>
    public static readonly TaskField TAGS = new("TAGS");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator TaskField(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static TaskField FindValue(string value) => FindValue<TaskField>(value);
}
