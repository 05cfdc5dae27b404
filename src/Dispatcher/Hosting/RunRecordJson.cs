using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>
/// The JSON form in which every history keeps a run: the record as the entry point answers it, and in addition
/// <c>itemErrors</c> (how many items failed in all), <c>byAction</c> (how often each action was done), <c>parameters</c> and
/// <c>parametersDigest</c> and, in Lambda, <c>memoryMb</c> and <c>log</c>.
/// </summary>
public static class RunRecordJson
{
    private const string ItemErrors = "itemErrors";
    private const string ByAction = "byAction";
    private const string MemoryMb = "memoryMb";
    private const string ParametersDigest = "parametersDigest";
    private const string Parameters = "parameters";
    private const string Log = "log";
    private const string Region = "region";
    private const string Group = "group";
    private const string Stream = "stream";

    /// <summary>The end of a run has to be a time in every time zone.</summary>
    private const double Day = 86_400_000;

    /// <summary>Writes a run on one line.</summary>
    /// <param name="record">The run.</param>
    /// <param name="maxLength">
    /// How long the line may be, in bytes. Where it would be longer, detail is left out as <see cref="SizeLimitedRecord"/> does.
    /// </param>
    /// <returns>JSON in UTF-8, without a line feed.</returns>
    public static ReadOnlyMemory<byte> Serialize(RunRecord record, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(record);

        var line = JsonLine.Create(record, Write);
        if (line.Length <= maxLength)
        {
            return line;
        }

        var beside = line.Length - SizeLimitedRecord.Fit(record, int.MaxValue).Utf8.Length;
        return JsonLine.Create(SizeLimitedRecord.Fit(record, maxLength - beside).Record, Write);
    }

    /// <summary>Writes a run as a value among others.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="record">The run.</param>
    public static void Write(Utf8JsonWriter writer, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(record);

        writer.WriteStartObject();
        var wire = JsonElement.Parse(SizeLimitedRecord.Fit(record, int.MaxValue).Utf8.Span);
        foreach (var property in wire.EnumerateObject())
        {
            property.WriteTo(writer);
        }

        writer.WriteNumber(ItemErrors, record.ItemErrorCount);
        if (record.MemoryMegabytes is { } memory)
        {
            writer.WriteNumber(MemoryMb, memory);
        }

        if (record.ParametersDigest is { } digest)
        {
            writer.WriteString(ParametersDigest, digest);
        }

        if (record.Parameters is { } parameters)
        {
            writer.WriteStartObject(Parameters);
            parameters.ToList().ForEach(parameter => writer.WriteString(parameter.Key, parameter.Value));
            writer.WriteEndObject();
        }

        if (record.Log is { } log)
        {
            writer.WriteStartObject(Log);
            writer.WriteString(Region, log.Region);
            writer.WriteString(Group, log.Group);
            writer.WriteString(Stream, log.Stream);
            writer.WriteEndObject();
        }

        writer.WriteStartObject(ByAction);
        foreach (var (action, times) in record.Changes.ByAction.OrderBy(action => action.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(action, times);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads a run.</summary>
    /// <param name="utf8">JSON in UTF-8.</param>
    /// <returns>The run.</returns>
    /// <exception cref="JsonException">The JSON is not a run, or only a part of one.</exception>
    public static RunRecord Deserialize(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            return Read(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException exception) when (exception is { Path: null, LineNumber: not null })
        {
            throw new JsonException($"The JSON is not a run: {UnreadableJson.Explain(utf8)}.", exception);
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or FormatException or ArgumentException or JsonException { Path: not null })
        {
            // A number beyond its limits, an object instead of a number, a name given twice, half of a surrogate pair.
            throw new JsonException("The JSON is not a run: a member has the wrong type.", exception);
        }
    }

    private static RunRecord Read(JsonElement json)
    {
        var record = json.Deserialize(DispatcherJsonContext.Default.RunRecord);
        if (record is not
            {
                Job: { Length: > 0 }, RunId: { Length: > 0 }, Summary: not null, Counts: not null, Changes.Items: not null,
                Errors: not null, DurationMs: >= 0,
            }
            || record.Changes.Items.Any(static item => item is not { Action: not null, Target: not null })
            || record.Errors.Any(static error => error is not { Item: not null, Error: not null })
            || record.DurationMs > (DateTimeOffset.MaxValue - record.StartedAt).TotalMilliseconds - Day
            || record.StartedAt < DateTimeOffset.UnixEpoch)
        {
            throw new JsonException("The JSON is not a run: a member is missing or out of range.");
        }

        return record with
        {
            ItemErrorCount = json.TryGetProperty(ItemErrors, out var errors) ? errors.GetInt64() : record.Errors?.Count ?? 0,
            Changes = record.Changes with { ByAction = ReadByAction(json) },
            MemoryMegabytes = json.TryGetProperty(MemoryMb, out var memory) ? memory.GetInt32() : null,
            ParametersDigest = json.TryGetProperty(ParametersDigest, out var digest) ? digest.GetString() : null,
            Parameters = ReadParameters(json),
            Log = json.TryGetProperty(Log, out var log) ? new RunLog(Text(log, Region), Text(log, Group), Text(log, Stream)) : null,
        };
    }

    private static Dictionary<string, string>? ReadParameters(JsonElement json) =>
        json.TryGetProperty(Parameters, out var parameters)
            ? parameters.EnumerateObject().ToDictionary(
                static parameter => parameter.Name, static parameter => parameter.Value.ToString(), StringComparer.Ordinal)
            : null;

    private static string Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var text) ? text.ToString() : string.Empty;

    private static Dictionary<string, long> ReadByAction(JsonElement json) =>
        json.TryGetProperty(ByAction, out var actions)
            ? actions.EnumerateObject().ToDictionary(action => action.Name, action => action.Value.GetInt64(), StringComparer.Ordinal)
            : [];
}
