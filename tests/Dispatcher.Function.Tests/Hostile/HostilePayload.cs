using System.Text;
using System.Text.Json;

namespace Dispatcher.Function.Tests.Hostile;

/// <summary>A payload for the function.</summary>
/// <param name="Utf8">What Lambda would deliver.</param>
public sealed record HostilePayload(byte[] Utf8)
{
    private const int MaxDepth = 64;

    /// <summary>
    /// Returns the jobs that the payload may run: those that it, or a message of its batch, names exactly in an object without a wrong
    /// field, or that a route has for its native event.
    /// </summary>
    public IReadOnlyCollection<string> MayRun() => MayRun(Utf8, isBatch: false);

    /// <summary>Prints the payload so that a test can be written from it.</summary>
    public override string ToString() => Utf8.Length <= 2_000 ? Convert.ToBase64String(Utf8) : $"{Utf8.Length} bytes";

    private static List<string> MayRun(ReadOnlySpan<byte> utf8, bool isBatch)
    {
        if (!TryParse(utf8, out var payload))
        {
            return [];
        }

        var fields = Fields(payload);
        if (!isBatch && Records(fields) is { } records)
        {
            return [.. records.SelectMany(static record => MayRun(Encoding.UTF8.GetBytes(Body(record)), isBatch: true)).Distinct()];
        }

        if (IsEvent(fields))
        {
            return ["channel-backfill-failed", "ecs-run-task"];
        }

        string[] known = ["job", "dryRun", "parameters", "id", "scheduledTime", "continuation", "limits", "plan", "shards", "shard"];
        var isOurs = fields.All(field => known.Contains(field.Name))
            && fields.DistinctBy(static field => field.Name).Count() == fields.Count;
        return isOurs && Text(Find(fields, "job")) is { } job ? [job] : [];
    }

    private static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement payload)
    {
        payload = default;
        try
        {
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8.StartsWith(mark) ? utf8[3..] : utf8);
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            payload = document.RootElement.Clone();
            return payload.ValueKind == JsonValueKind.Object;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Returns the members of an object, those whose names are not Unicode under a name that nothing has.</summary>
    private static List<(string Name, JsonElement Value)> Fields(JsonElement element) =>
        element.ValueKind != JsonValueKind.Object ? [] : [.. element.EnumerateObject().Select(static field => (Name(field), field.Value))];

    private static string Name(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return "\0";
        }
    }

    private static JsonElement Find(List<(string Name, JsonElement Value)> fields, string name) =>
        fields.Find(field => field.Name == name).Value;

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static List<JsonElement>? Records(List<(string Name, JsonElement Value)> fields) =>
        fields.Find(static field => field.Name.Equals("records", StringComparison.OrdinalIgnoreCase)).Value is
            { ValueKind: JsonValueKind.Array } records ? [.. records.EnumerateArray()] : null;

    private static string Body(JsonElement record) =>
        Text(Fields(record).Find(static field => field.Name.Equals("body", StringComparison.OrdinalIgnoreCase)).Value) ?? string.Empty;

    private static bool IsEvent(List<(string Name, JsonElement Value)> fields) =>
        Text(Find(fields, "source")) == "dn.backend.channelbackfill"
        && Text(Find(fields, "detail-type")) is "Channel Backfill Completed" or "Channel Backfill Failed";
}
