using System.Text.Json;
using Dispatcher.Limiting;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>The field <c>limits</c> of a payload.</summary>
internal static class LimitsJson
{
    private const string Name = "limits";

    /// <summary>Reads the field. What cannot be read is a problem, because it was meant to prevent changes.</summary>
    public static ChangeLimits Read(JsonElement element, ProblemList problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"Field '{Name}' must be an object such as {{\"maxChanges\":100}}, but is {PayloadText.Value(element)}.");
            return ChangeLimits.None;
        }

        var limits = ChangeLimits.None;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject().TakeWhile(_ => !problems.IsFull))
        {
            var name = PayloadText.Name(field);
            if (LimitKind.All.FirstOrDefault(kind => kind.Field == name) is not { } kind)
            {
                AddUnknown(name, problems);
            }
            else if (!seen.Add(name))
            {
                problems.Add($"Field '{Name}.{name}' appears twice. Give it once.");
            }
            else if (field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetDecimal(out var value) && kind.IsValid(value))
            {
                limits = kind.With(limits, value);
            }
            else
            {
                problems.Add($"Field '{Name}.{name}' must be {kind.Range}, but is {PayloadText.Value(field.Value)}.");
            }
        }

        return limits;
    }

    /// <summary>Writes the field if a limit is set.</summary>
    public static void Write(Utf8JsonWriter writer, ChangeLimits limits)
    {
        if (limits == ChangeLimits.None)
        {
            return;
        }

        writer.WriteStartObject(Name);
        foreach (var kind in LimitKind.All)
        {
            if (kind.Get(limits) is { } value)
            {
                writer.WriteNumber(kind.Field, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void AddUnknown(string name, ProblemList problems)
    {
        string[] names = [.. LimitKind.All.Select(static kind => kind.Field)];
        problems.Add($"Unknown field '{PayloadText.Shorten(name)}' in '{Name}'.{SpellingSuggester.DidYouMean(name, names)} "
            + $"Fields: {string.Join(", ", names)}.");
    }
}
