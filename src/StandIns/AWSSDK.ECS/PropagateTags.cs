using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Where the tags of a task come from.</summary>
/// <param name="value">The value as the service spells it.</param>
public class PropagateTags(string value) : ConstantClass(value)
{
    /// <summary>The value <c>NONE</c>.</summary>
    public static readonly PropagateTags NONE = new("NONE");

    /// <summary>The value <c>SERVICE</c>.</summary>
    public static readonly PropagateTags SERVICE = new("SERVICE");

    /// <summary>The value <c>TASK_DEFINITION</c>.</summary>
    public static readonly PropagateTags TASK_DEFINITION = new("TASK_DEFINITION");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator PropagateTags(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static PropagateTags FindValue(string value) => FindValue<PropagateTags>(value);
}
