using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Events;

/// <summary>Is a place in an event: <c>$.detail.processedCount</c>, <c>$.resources[0]</c>, <c>$.detail-type</c>.</summary>
internal sealed partial class EventPath
{
    private readonly string[] _steps;

    private EventPath(string[] steps) => _steps = steps;

    /// <summary>Reads a place, or answers <see langword="null"/> where the text is none.</summary>
    public static EventPath? Parse(string text) =>
        Whole().IsMatch(text) ? new EventPath([.. Step().Matches(text).Select(step => step.Value)]) : null;

    /// <summary>Looks the place up, or answers <see langword="null"/> where the event does not have it.</summary>
    public JsonElement? Find(EventBridgeEvent bridged)
    {
        // The detail may have come as text; the event holds it as an object.
        var inDetail = _steps[0] == ".detail";
        var value = inDetail ? bridged.Detail : bridged.Payload;
        foreach (var step in _steps.Skip(inDetail ? 1 : 0))
        {
            if (Step(value, step) is not { } next)
            {
                return null;
            }

            value = next;
        }

        return value;
    }

    private static JsonElement? Step(JsonElement value, string step)
    {
        if (step[0] == '.')
        {
            return value.ValueKind == JsonValueKind.Object && PayloadText.TryGetProperty(value, step[1..], out var field) ? field : null;
        }

        var index = int.Parse(step.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture);
        return value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength() ? value[index] : null;
    }

    [GeneratedRegex(@"^\$(\.[^.\[\]\s]+|\[[0-9]{1,6}\])+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\.[^.\[\]\s]+|\[[0-9]{1,6}\]")]
    private static partial Regex Step();
}
