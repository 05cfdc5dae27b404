using System.Globalization;
using System.Text.Json;

namespace Dispatcher.Tool.Remote.Logs;

/// <summary>A line of the log of a function.</summary>
/// <param name="At">Its time.</param>
/// <param name="Text">The line as it was written.</param>
internal sealed record RunLogLine(DateTimeOffset At, string Text)
{
    /// <summary>Gets the kind of the line.</summary>
    public required RunLogKind Kind { get; init; }

    /// <summary>Gets the level, of a line of the log.</summary>
    public string? Level { get; init; }

    /// <summary>Gets what the line says, without the members that every line of a run has.</summary>
    public required string Message { get; init; }

    /// <summary>Gets the invocation that the line belongs to.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets a value indicating whether the run or its invocation has ended with this line.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Finds the time that a line of JSON has in itself.</summary>
    /// <param name="text">The line.</param>
    /// <returns>The time, or <see langword="null"/>.</returns>
    public static DateTimeOffset? TimeOf(string text)
    {
        try
        {
            var json = JsonElement.Parse(text);
            return (Find(json, "timestamp") ?? Find(json, "time") ?? Find(json, "startedAt")) is { } time && DateTimeOffset.TryParse(
                time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads a line.</summary>
    /// <param name="at">Its time.</param>
    /// <param name="text">The line.</param>
    /// <returns>The line with its parts; one that is not JSON of the function or of Lambda is kept as it is.</returns>
    public static RunLogLine Read(DateTimeOffset at, string text)
    {
        text = text.TrimEnd('\r', '\n');
        var plain = new RunLogLine(at, text) { Kind = RunLogKind.Log, Message = text };
        JsonElement json;
        try
        {
            json = JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return plain;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return plain;
        }

        return json switch
        {
            _ when json.TryGetProperty("_aws", out _) => plain with { Kind = RunLogKind.Metrics },
            _ when Find(json, "type") is { } type && type.StartsWith("platform.", StringComparison.Ordinal) =>
                ReadPlatform(plain, json, type),
            _ when Find(json, "type") == "audit" => plain with
            {
                Kind = RunLogKind.Audit,
                Message = $"{Find(json, "outcome")} {Find(json, "action")} {Find(json, "target")}",
            },
            _ when json.TryGetProperty("durationMs", out _) && Find(json, "status") is { } status => plain with
            {
                Kind = RunLogKind.Record, Message = $"The run ended: {status}. {Find(json, "summary")}", IsEnd = true,
            },
            _ when Find(json, "message") is { } message => plain with
            {
                Level = Find(json, "level"),
                Message = Find(json, "exception") is { } exception ? $"{message}\n{exception}" : message,
                RequestId = Find(json, "requestId"),
            },
            _ => plain,
        };
    }

    /// <summary>Reads what Lambda itself writes: how long an invocation took, and how it ended.</summary>
    private static RunLogLine ReadPlatform(RunLogLine plain, JsonElement json, string type)
    {
        var record = json.TryGetProperty("record", out var given) ? given : default;
        var request = Find(record, "requestId");
        if (type != "platform.report")
        {
            return plain with { Kind = RunLogKind.Platform, Message = $"{type} {request}", RequestId = request };
        }

        var metrics = record.TryGetProperty("metrics", out var found) ? found : default;
        return plain with
        {
            Kind = RunLogKind.Report,
            Message = $"Lambda: {Find(record, "status")}, {Number(metrics, "durationMs")} ms, {Number(metrics, "maxMemoryUsedMB")} of "
                + $"{Number(metrics, "memorySizeMB")} MB",
            RequestId = request,
            IsEnd = true,
        };
    }

    private static string? Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Number(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.GetRawText() : "?";
}
