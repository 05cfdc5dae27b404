using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Triggers;

/// <summary>
/// Functions that create values that an event pattern matches. A condition that only narrows, such as a range or an exception, gets one
/// value that passes.
/// </summary>
internal static class PatternSamples
{
    /// <summary>Creates one object for each combination of the pattern's alternatives.</summary>
    /// <param name="pattern">The pattern, or a part of it.</param>
    public static IEnumerable<JsonObject> For(JsonObject pattern)
    {
        IEnumerable<JsonObject> made = [[]];
        foreach (var (name, wanted) in pattern)
        {
            made = made.SelectMany(fields => Alternatives(name, wanted).Select(more => Merge(fields, more)));
        }

        return made;
    }

    private static IEnumerable<JsonObject> Alternatives(string name, JsonNode? wanted)
    {
        if (name == "$or")
        {
            return wanted.Items().OfType<JsonObject>().SelectMany(For);
        }

        return wanted is JsonObject nested
            ? For(nested).Select(value => new JsonObject { [name] = value })
            : wanted.Items().Select(alternative => IsAbsent(alternative) ? [] : new JsonObject { [name] = Value(alternative) });
    }

    private static JsonObject Merge(JsonObject fields, JsonObject more)
    {
        var merged = (JsonObject)fields.DeepClone();
        foreach (var (name, value) in more)
        {
            merged[name] = merged[name] is JsonObject inner && value is JsonObject other ? Merge(inner, other) : value?.DeepClone();
        }

        return merged;
    }

    private static bool IsAbsent(JsonNode? alternative) => alternative.Field("exists").Text() == "false";

    private static JsonNode? Value(JsonNode? alternative)
    {
        if (alternative is not JsonObject matcher)
        {
            return alternative?.DeepClone();
        }

        var (kind, argument) = matcher.FirstOrDefault();
        return kind switch
        {
            "prefix" => $"{(argument.Field("equals-ignore-case") ?? argument).Text()}example",
            "suffix" => $"example{(argument.Field("equals-ignore-case") ?? argument).Text()}",
            "equals-ignore-case" => argument?.DeepClone(),
            "wildcard" => argument.Text()?.Replace("*", "example", StringComparison.Ordinal),
            "numeric" => Number([.. argument.Items()]),
            "cidr" => argument.Text()?.Split('/')[0],
            _ => "example",
        };
    }

    private static JsonNode Number(JsonNode?[] range)
    {
        var value = 0.0;
        for (var index = 0; index + 1 < range.Length; index += 2)
        {
            var bound = range[index + 1].Number() ?? 0;
            value = range[index].Text() switch
            {
                "=" or ">=" => bound,
                ">" => bound + (range.Length > 3 && range[3].Number() is { } upper && upper <= bound + 1 ? (upper - bound) / 2 : 1),
                "<" when value >= bound => bound - 1,
                "<=" when value > bound => bound,
                _ => value,
            };
        }

        return JsonSerializer.SerializeToNode(value == Math.Floor(value) ? (object)(long)value : value)!;
    }
}
