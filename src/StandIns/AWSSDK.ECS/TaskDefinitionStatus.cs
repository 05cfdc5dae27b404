using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>The status of a task definition.</summary>
/// <param name="value">The value as the service spells it.</param>
public class TaskDefinitionStatus(string value) : ConstantClass(value)
{
    /// <summary>The value <c>ACTIVE</c>.</summary>
    public static readonly TaskDefinitionStatus ACTIVE = new("ACTIVE");

    /// <summary>The value <c>DELETE_IN_PROGRESS</c>.</summary>
    public static readonly TaskDefinitionStatus DELETE_IN_PROGRESS = new("DELETE_IN_PROGRESS");

    /// <summary>The value <c>INACTIVE</c>.</summary>
    public static readonly TaskDefinitionStatus INACTIVE = new("INACTIVE");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator TaskDefinitionStatus(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static TaskDefinitionStatus FindValue(string value) => FindValue<TaskDefinitionStatus>(value);
}
