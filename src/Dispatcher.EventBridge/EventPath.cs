using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.EventBridge;

/// <summary>A path to a value in an event: <c>$.detail.processedCount</c>, <c>$.resources[0]</c>, <c>$.detail-type</c>.</summary>
internal sealed partial class EventPath
{
    private readonly string[] _steps;

    private EventPath(string[] steps) => _steps = steps;

    /// <summary>Reads a path, or returns <see langword="null"/> if the text is not a path.</summary>
    public static EventPath? Parse(string text) =>
        Whole().IsMatch(text) ? new EventPath([.. Step().Matches(text).Select(step => step.Value)]) : null;

    /// <summary>Finds the value, or returns <see langword="null"/> if the event does not have it.</summary>
    public JsonElement? Find(EventBridgeEvent @event)
    {
        // The detail may have been delivered as text; the event holds it as an object.
        var inDetail = _steps[0] == ".detail";
        var value = inDetail ? @event.Detail : @event.Payload;
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
