namespace Dispatcher;

/// <summary>
/// An attribute that names the configuration key, usually an environment variable, that fills in a parameter which the payload leaves out.
/// </summary>
/// <param name="key">The key, for example <c>TABLE_NAME</c>. An empty value counts as absent.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromConfigurationAttribute(string key) : Attribute
{
    /// <summary>Gets the configuration key.</summary>
    public string Key { get; } = key;
}
