namespace Dispatcher;

/// <summary>
/// A list of the names that a setting allows a payload to give, such as tasks or targets. The names are separated by commas, and a name
/// that ends with <c>*</c> allows all names with that beginning.
/// </summary>
public sealed class AllowList
{
    private readonly string[] _patterns;

    private AllowList(string[] patterns) => _patterns = patterns;

    /// <summary>Reads the value of a setting.</summary>
    /// <param name="text">The value.</param>
    /// <returns>The list, or <see langword="null"/> if the setting is not set or empty.</returns>
    public static AllowList? Read(string? text)
    {
        var patterns = (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return patterns.Length == 0 ? null : new AllowList(patterns);
    }

    /// <summary>Determines whether the list allows a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns><see langword="true"/> if it does. Case matters.</returns>
    public bool Allows(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _patterns.Any(pattern => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern);
    }

    /// <summary>Returns what the list allows, for an error.</summary>
    /// <returns>The names and patterns.</returns>
    public override string ToString() => string.Join(", ", _patterns);
}
