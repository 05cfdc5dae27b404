using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Does what EventBridge does between a rule and its target.</summary>
internal static class RuleTarget
{
    /// <summary>Makes an event that a rule matches: the scheduled one, or one of its pattern's first values.</summary>
    public static JsonObject Sample(JsonElement rule)
    {
        var pattern = rule.TryGetProperty("EventPattern", out var text) && text.GetString() is { Length: > 0 } given ? JsonNode.Parse(given)!.AsObject() : [];
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

        var template = transformer.GetProperty("InputTemplate").GetString()!;

        // A template that is text has its values as they are, one that is an object has them as JSON.
        var isText = template.StartsWith('"');
        foreach (var path in transformer.GetProperty("InputPathsMap").EnumerateObject())
        {
            var value = happened[path.Value.GetString()!["$.".Length..]]!;
            template = template.Replace($"<{path.Name}>", isText ? value.GetValue<string>() : value.ToJsonString(), StringComparison.Ordinal);
        }

        return template;
    }

    private static JsonNode? First(JsonObject pattern, string field) => pattern[field]?.AsArray()[0]!.DeepClone();
}
