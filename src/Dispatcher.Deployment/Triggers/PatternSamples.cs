using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Triggers;

/// <summary>
/// Functions that create values that an event pattern matches. A condition that only narrows, such as a range or an exception, gets one
/// value that passes. The pattern itself is the judge of what passes.
/// </summary>
internal static class PatternSamples
{
    private const int MaxTried = 1000;

    /// <summary>Values for a condition that only excludes, one of which it seldom excludes.</summary>
    private static readonly JsonNode[] Neutral = ["example", "other", "1", "x", "_", string.Empty, 0, 1.5, true];

    /// <summary>Creates one event for each combination of the pattern's alternatives.</summary>
    /// <param name="pattern">The pattern.</param>
    public static IEnumerable<JsonObject> For(JsonObject pattern)
    {
        var compiled = EventPattern.Parse(PayloadText.ToElement(pattern), new List<PatternProblem>());
        return compiled is null
            ? Combine(pattern)
            : Combine(pattern).Take(MaxTried).Where(sample => compiled.Matches(PayloadText.ToElement(sample)));
    }

    private static IEnumerable<JsonObject> Combine(JsonObject pattern)
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
            return wanted.Items().OfType<JsonObject>().SelectMany(Combine);
        }

        return wanted is JsonObject nested
            ? Combine(nested).Select(value => At(name, value))
            : wanted.Items().Select(alternative => IsAbsent(alternative) ? [] : At(name, Value(alternative)));
    }

    /// <summary>Creates the field of a name, in which a dot leads into an object.</summary>
    private static JsonObject At(string name, JsonNode? value)
    {
        var steps = name.Split('.');
        foreach (var step in steps.Skip(1).Reverse())
        {
            value = new JsonObject { [step] = value };
        }

        return new JsonObject { [steps[0]] = value };
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

        var guess = Guess(matcher);
        var condition = PayloadText.ToElement(new JsonObject { ["value"] = new JsonArray(matcher.DeepClone()) });
        return EventPattern.Parse(condition, new List<PatternProblem>()) is { } compiled
            ? Neutral.Prepend(guess).FirstOrDefault(
                value => compiled.Matches(PayloadText.ToElement(new JsonObject { ["value"] = value?.DeepClone() })), guess)?.DeepClone()
            : guess;
    }

    private static JsonNode? Guess(JsonObject matcher)
    {
        var (kind, argument) = matcher.FirstOrDefault();
        return kind switch
        {
            "prefix" => $"{(argument.Field("equals-ignore-case") ?? argument).Text()}example",
            "suffix" => $"example{(argument.Field("equals-ignore-case") ?? argument).Text()}",
            "equals-ignore-case" => argument?.DeepClone(),
            "wildcard" => argument.Text() is { } wildcard ? Fill(wildcard) : null,
            "numeric" => Number([.. argument.Items()]),
            "cidr" => argument.Text()?.Split('/')[0],
            _ => "example",
        };
    }

    /// <summary>Fills a wildcard, in which a backslash makes the next character an ordinary one.</summary>
    private static string Fill(string wildcard)
    {
        var text = new StringBuilder();
        for (var index = 0; index < wildcard.Length; index++)
        {
            if (wildcard[index] == '*')
            {
                text.Append("example");
                continue;
            }

            index += wildcard[index] == '\\' && index + 1 < wildcard.Length ? 1 : 0;
            text.Append(wildcard[index]);
        }

        return text.ToString();
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
