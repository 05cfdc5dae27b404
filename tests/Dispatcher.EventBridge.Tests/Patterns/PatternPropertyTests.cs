using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.EventBridge.Patterns;

namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>What holds of every event and its pattern.</summary>
public sealed class PatternPropertyTests
{
    [FsCheck.NUnit.Property(Arbitrary = [typeof(RandomEvent)], MaxTest = 500)]
    public bool Matches_PatternBuiltFromTheEvent_MatchesIt(RandomEvent @event) =>
        Compile(Build(@event, static value => value)).Matches(PatternCheck.Json(@event.Json));

    [FsCheck.NUnit.Property(Arbitrary = [typeof(RandomEvent)], MaxTest = 500)]
    public bool Matches_NegationOfThePattern_DoesNotMatchTheEvent(RandomEvent @event)
    {
        var negated = Build(@event, static value => value?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number
            ? new JsonObject { ["anything-but"] = value }
            : new JsonObject { ["exists"] = false });

        return !Compile(negated).Matches(PatternCheck.Json(@event.Json));
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(RandomEvent)], MaxTest = 500)]
    public bool Parse_AnyJson_ThrowsNothing(RandomEvent pattern, RandomEvent @event)
    {
        var text = pattern.Json.Replace(":\"", ":[\"", StringComparison.Ordinal).Replace("\",", "\"],", StringComparison.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(text);
            EventPattern.Parse(document.RootElement, new List<PatternProblem>())?.Explain(PatternCheck.Json(@event.Json));
        }
        catch (JsonException)
        {
            EventPattern.Parse(PatternCheck.Json(pattern.Json), new List<PatternProblem>());
        }

        return true;
    }

    private static string Build(RandomEvent @event, Func<JsonNode?, JsonNode?> alternative)
    {
        return Rebuild(JsonNode.Parse(@event.Json)!.AsObject()).ToJsonString();

        JsonObject Rebuild(JsonObject source) => new(source.Select(field => KeyValuePair.Create(
            field.Key,
            field.Value is JsonObject inner ? (JsonNode?)Rebuild(inner) : new JsonArray(alternative(field.Value?.DeepClone())))));
    }

    private static EventPattern Compile(string pattern) => PatternCheck.Compile(pattern, out _)!;
}
