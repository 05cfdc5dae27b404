namespace Dispatcher;

/// <summary>
/// An attribute that gives an example value of a parameter. The parameters that have one are those with which the tool shows how to run the
/// job.
/// </summary>
/// <param name="value">The value as it is written on the command line: text, or the JSON of a list or an object.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExampleAttribute(string value) : Attribute
{
    /// <summary>Gets the value.</summary>
    public string Value { get; } = value;
}
