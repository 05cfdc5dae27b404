using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>How a function is invoked.</summary>
/// <param name="value">The value as the service spells it.</param>
public class InvocationType(string value) : ConstantClass(value)
{
    /// <summary>The value <c>Event</c>.</summary>
    public static readonly InvocationType Event = new("Event");

    /// <summary>The value <c>RequestResponse</c>.</summary>
    public static readonly InvocationType RequestResponse = new("RequestResponse");

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    public static implicit operator InvocationType(string value) => FindValue(value);

    /// <summary>Turns a text into a value, also into one that is not listed here.</summary>
    /// <param name="value">The value as the service spells it.</param>
    /// <returns>The value.</returns>
    public static InvocationType FindValue(string value) => FindValue<InvocationType>(value);
}
