using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Does what EventBridge does between a rule and its target.</summary>
internal static class RuleTarget
{
    /// <summary>Makes an event that a rule matches: the scheduled one, or one of its pattern's first values.</summary>
    public static JsonObject Sample(JsonElement rule)
    {
        var pattern = rule.TryGetProperty("EventPattern", out var text) && text.GetString() is { Length: > 0 } given
            ? JsonNode.Parse(given)!.AsObject()
            : [];
        return new JsonObject
        {
            ["version"] = "0",
            ["id"] = "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
            ["detail-type"] = First(pattern, "detail-type") ?? "Scheduled Event",
            ["source"] = First(pattern, "source") ?? "aws.events",
            ["account"] = "123456789012",
            ["time"] = "2026-11-22T03:00:00Z",
            ["region"] = "eu-central-1",
            ["resources"] = new JsonArray(),
            ["detail"] = pattern["detail"] is JsonObject detail
                ? new JsonObject(detail.Select(field => KeyValuePair.Create(field.Key, First(detail, field.Key))))
                : new JsonObject(),
        };
    }

    /// <summary>Makes of an event what the target gets: a constant, the filled-in template, or the event as it is.</summary>
    public static string Deliver(JsonElement target, JsonObject happened)
    {
        if (target.TryGetProperty("Input", out var constant))
        {
            return constant.GetString()!;
        }

        if (!target.TryGetProperty("InputTransformer", out var transformer))
        {
            return happened.ToJsonString();
        }

        var values = transformer.GetProperty("InputPathsMap")
            .EnumerateObject().ToDictionary(path => path.Name, path => Find(happened, path.Value.GetString()!));
        return FillIn(transformer.GetProperty("InputTemplate").GetString()!, values);
    }

    /// <summary>
    /// Fills in a template: a placeholder on its own becomes JSON, text with its quotes; one that stands in quotes becomes the bare text.
    /// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html.
    /// </summary>
    internal static string FillIn(string template, IReadOnlyDictionary<string, JsonNode?> values)
    {
        var filled = new StringBuilder();
        var isInQuotes = false;
        for (var index = 0; index < template.Length; index++)
        {
            var end = template[index] == '<' ? template.IndexOf('>', index) : -1;
            if (end > 0 && values.TryGetValue(template[(index + 1)..end], out var value))
            {
                filled.Append(isInQuotes ? value?.ToString() : value?.ToJsonString() ?? "null");
                index = end;
                continue;
            }

            isInQuotes ^= template[index] == '"' && (index == 0 || template[index - 1] != '\\');
            filled.Append(template[index]);
        }

        return filled.ToString();
    }

    private static JsonNode? Find(JsonNode? node, string path) =>
        path.Split('.')[1..].Aggregate(node, static (found, field) => found?[field]);

    private static JsonNode? First(JsonObject pattern, string field) => pattern[field]?.AsArray()[0]!.DeepClone();
}
