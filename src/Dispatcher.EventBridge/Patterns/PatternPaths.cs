namespace Dispatcher.EventBridge.Patterns;

/// <summary>The paths that a pattern names, so that the rest of an event need not be read.</summary>
internal sealed class PatternPaths
{
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _beginnings = new(StringComparer.Ordinal);

    public PatternPaths(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(_fields.Add))
        {
            for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
            {
                _beginnings.Add(path[..dot]);
            }
        }
    }

    /// <summary>Determines whether the pattern has a field at a path.</summary>
    public bool HasField(string path) => _fields.Contains(path);

    /// <summary>Determines whether the pattern has a field below a path.</summary>
    public bool HasBelow(string path) => _beginnings.Contains(path);
}
