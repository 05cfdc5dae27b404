using System.Text.Json.Nodes;

namespace Dispatcher.Testing;

/// <summary>Functions that create variants of a payload.</summary>
internal static class ContractPayload
{
    /// <summary>Sets a field.</summary>
    public static string With(string payload, string field, bool value) => With(payload, field, JsonValue.Create(value));

    /// <summary>Sets members of an object field and keeps its other members.</summary>
    public static string With(string payload, string field, string members)
    {
        var merged = Parse(payload)[field]?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in Parse(members))
        {
            merged[name] = value?.DeepClone();
        }

        return With(payload, field, merged);
    }

    /// <summary>Creates the payload that writes a plan.</summary>
    public static string WithPlan(string payload, string location) =>
        With(With(payload, "dryRun", true), "plan", JsonValue.Create(location));

    /// <summary>Creates the payload that applies a plan.</summary>
    public static string Apply(string payload, string location)
    {
        var changed = Parse(payload);
        changed.Remove("parameters");
        changed["plan"] = location;
        return changed.ToJsonString();
    }

    private static string With(string payload, string field, JsonNode value)
    {
        var changed = Parse(payload);
        changed[field] = value;
        return changed.ToJsonString();
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
