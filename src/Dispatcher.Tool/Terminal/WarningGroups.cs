namespace Dispatcher.Tool.Terminal;

/// <summary>
/// The warnings of one command, grouped by their kind: the first of each kind is an example and is shown at once, the others are counted.
/// </summary>
internal sealed class WarningGroups
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, (string Example, int More)> _groups = new(StringComparer.Ordinal);

    /// <summary>Notes a warning.</summary>
    /// <param name="template">The message with its placeholders; a message that is all placeholder is its own kind.</param>
    /// <param name="message">The message.</param>
    /// <returns><see langword="true"/> if it is the first of its kind.</returns>
    public bool Add(string? template, string message)
    {
        var kind = template is null || IsPlaceholder(template) ? message : template;
        lock (_lock)
        {
            var isKnown = _groups.TryGetValue(kind, out var group);
            _groups[kind] = isKnown ? group with { More = group.More + 1 } : (message, 0);
            return !isKnown;
        }
    }

    /// <summary>Takes the kinds that occurred more than once, and forgets all.</summary>
    /// <returns>The example of each kind, and how many more there were.</returns>
    public IReadOnlyList<(string Example, int More)> Take()
    {
        lock (_lock)
        {
            (string, int)[] repeated = [.. _groups.Values.Where(static group => group.More > 0)];
            _groups.Clear();
            return repeated;
        }
    }

    private static bool IsPlaceholder(string template) =>
        template is ['{', .. var name, '}'] && !name.Contains('}', StringComparison.Ordinal);
}
