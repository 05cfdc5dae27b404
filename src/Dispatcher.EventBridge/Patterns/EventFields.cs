using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>The leaves of an event by their paths: the names from the root, joined with dots, without the lists on the way.</summary>
internal sealed class EventFields
{
    private readonly PatternPaths? _wanted;
    private readonly Dictionary<string, List<EventLeaf>> _leaves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _containers = new(StringComparer.Ordinal);
    private readonly List<(int List, int Element)> _places = [];
    private int _lists;

    private EventFields(PatternPaths? wanted) => _wanted = wanted;

    /// <summary>Gets all paths, if all were read.</summary>
    public IReadOnlyCollection<string> Paths => _leaves.Keys;

    /// <summary>Reads an event.</summary>
    /// <param name="event">The event. Anything but an object has no fields.</param>
    /// <param name="wanted">The paths to read; <see langword="null"/> for all.</param>
    public static EventFields Read(JsonElement @event, PatternPaths? wanted)
    {
        var fields = new EventFields(wanted);
        if (@event.ValueKind == JsonValueKind.Object)
        {
            fields.AddObject(null, @event);
        }

        return fields;
    }

    /// <summary>Gets the leaves at a path.</summary>
    public IReadOnlyList<EventLeaf> At(string path) => _leaves.TryGetValue(path, out var leaves) ? leaves : [];

    /// <summary>Gets an object or a list at a path; undefined if there is none.</summary>
    public JsonElement ContainerAt(string path) => _containers.GetValueOrDefault(path);

    private void AddObject(string? path, JsonElement value)
    {
        foreach (var field in value.EnumerateObject())
        {
            var name = PayloadText.Name(field);
            Add(path is null ? name : $"{path}.{name}", field.Value);
        }
    }

    private void Add(string path, JsonElement value)
    {
        if (_wanted is not null && !_wanted.HasField(path) && !_wanted.HasBelow(path))
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                _containers.TryAdd(path, value);
                AddObject(path, value);
                break;
            case JsonValueKind.Array:
                _containers.TryAdd(path, value);
                AddList(path, value);
                break;
            default:
                AddLeaf(path, value);
                break;
        }
    }

    /// <summary>Plain values in a list are values of the list's own field; only objects and lists in it are told apart.</summary>
    private void AddList(string path, JsonElement list)
    {
        var number = _lists++;
        var element = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                _places.Add((number, element));
                if (item.ValueKind == JsonValueKind.Object)
                {
                    AddObject(path, item);
                }
                else
                {
                    AddList(path, item);
                }

                _places.RemoveAt(_places.Count - 1);
            }
            else
            {
                AddLeaf(path, item);
            }

            element++;
        }
    }

    private void AddLeaf(string path, JsonElement value)
    {
        if (_wanted is not null && !_wanted.HasField(path))
        {
            return;
        }

        if (!_leaves.TryGetValue(path, out var leaves))
        {
            _leaves[path] = leaves = [];
        }

        leaves.Add(new EventLeaf(value, [.. _places]));
    }
}
