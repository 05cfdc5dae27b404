using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>Whether a template is read before or after its transforms.</summary>
/// <param name="value">The value as the service spells it.</param>
public class TemplateStage(string value) : ConstantClass(value)
{
    /// <summary>The value <c>Original</c>.</summary>
    public static readonly TemplateStage Original = new("Original");

    /// <summary>The value <c>Processed</c>.</summary>
    public static readonly TemplateStage Processed = new("Processed");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator TemplateStage(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static TemplateStage FindValue(string value) => FindValue<TemplateStage>(value);
}
