using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Triggers;

/// <summary>A builder of the input that EventBridge delivers from a trigger to its target.</summary>
/// <param name="trigger">The trigger.</param>
/// <param name="findings">Receives what EventBridge would reject.</param>
internal sealed class DeliveredInput(Trigger trigger, FindingCollection findings)
{
    private const string Reserved = "aws.events.";

    private static readonly SearchValues<char> NoName = SearchValues.Create(" \"{}<\n");

    /// <summary>Builds the input.</summary>
    /// <param name="target">The target.</param>
    /// <param name="event">The event.</param>
    /// <returns>The input as it reaches the target; <see langword="null"/> if EventBridge could not build it.</returns>
    public string? For(TriggerTarget target, JsonObject @event)
    {
        if (target.Transformer is { Template: { } template } transformer)
        {
            return Transform(template, transformer, @event);
        }

        if (target.InputPath is { } path)
        {
            return Find(@event, path)?.ToJsonString(JsonNodeExtensions.Relaxed) ?? Refuse(
                $"InputPath '{PayloadText.Shorten(path)}' does not exist in the event.");
        }

        if (target.Input is not { } input)
        {
            return @event.ToJsonString(JsonNodeExtensions.Relaxed);
        }

        return trigger.Kind == TriggerKind.Scheduler ? FillIn(input, @event) : input;
    }

    private static string FillIn(string input, JsonObject @event) => new StringBuilder(input)
        .Replace("<aws.scheduler.schedule-arn>", @event["resources"].Items().FirstOrDefault().Text())
        .Replace("<aws.scheduler.scheduled-time>", @event["time"].Text())
        .Replace("<aws.scheduler.execution-id>", "d32c5kddcf5bb8c3")
        .Replace("<aws.scheduler.attempt-number>", "1")
        .ToString();

    private string? Transform(string template, InputTransformer transformer, JsonObject @event)
    {
        var input = new StringBuilder(template.Length);
        var inText = false;
        for (var index = 0; index < template.Length; index++)
        {
            var end = template[index] == '<' ? template.IndexOf('>', index) : -1;
            if (end > index && IsName(template.AsSpan(index + 1, end - index - 1)))
            {
                if (Resolve(template[(index + 1)..end], transformer, @event) is not { } value)
                {
                    return null;
                }

                // Between quotes a value stands as it is; alone it is JSON, with the quotes of a text.
                input.Append(inText && value.GetValueKind() == JsonValueKind.String ? Escape(value.GetValue<string>()) : value.ToJsonString(
                    JsonNodeExtensions.Relaxed));
                index = end;
                continue;
            }

            inText ^= template[index] == '"' && !IsEscaped(template, index);
            input.Append(template[index]);
        }

        return input.ToString();
    }

    private JsonNode? Resolve(string name, InputTransformer transformer, JsonObject @event)
    {
        if (transformer.Paths.TryGetValue(name, out var path))
        {
            if (Find(@event, path) is { } value)
            {
                return value;
            }

            findings.Warning(trigger.Resource, $"The InputTransformer's variable '{name}' is {PayloadText.Shorten(path)}, which this event "
                + $"does not have: the variable is empty.");
            return JsonValue.Create(string.Empty);
        }

        if (name.StartsWith(Reserved, StringComparison.Ordinal))
        {
            return name switch
            {
                "aws.events.event" or "aws.events.event.json" => @event.DeepClone(),
                "aws.events.event.ingestion-time" => @event["time"]?.DeepClone(),
                _ => JsonValue.Create(trigger.Resource),
            };
        }

        Refuse($"The InputTransformer uses <{PayloadText.Shorten(name)}>, which its InputPathsMap does not "
            + $"define.{SpellingSuggester.DidYouMean(name, transformer.Paths.Keys)} "
               + $"Defined: {(transformer.Paths.Count == 0 ? "none" : string.Join(", ", transformer.Paths.Keys))}.");
        return null;
    }

    private string? Refuse(string message)
    {
        findings.Error(trigger.Resource, message);
        return null;
    }

    private static bool IsName(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAny(NoName);

    private static bool IsEscaped(string text, int index)
    {
        var slashes = 0;
        while (index - slashes - 1 >= 0 && text[index - slashes - 1] == '\\')
        {
            slashes++;
        }

        return slashes % 2 == 1;
    }

    private static string Escape(string text) => JsonValue.Create(text).ToJsonString(JsonNodeExtensions.Relaxed)[1..^1];

    /// <summary>Looks up <c>$.detail.name</c> or <c>$.resources[0]</c>.</summary>
    private static JsonNode? Find(JsonNode? @event, string path)
    {
        if (!path.StartsWith('$'))
        {
            return null;
        }

        foreach (var step in path[1..].Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            @event = step is ['[', .. var index, ']']
                ? int.TryParse(index, out var number) ? @event.Items().ElementAtOrDefault(number) : null
                : @event.Field(step);
        }

        return @event;
    }
}
