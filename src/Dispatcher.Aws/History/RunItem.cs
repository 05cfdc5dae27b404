using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.History;

/// <summary>
/// A run as an item of the table: the members used in queries as attributes, the whole run as JSON in <see cref="Record"/>.
/// </summary>
internal static class RunItem
{
    public const string Job = "job";
    public const string RunId = "runId";
    public const string Status = "status";
    public const string Record = "record";
    public const string ExpiresAt = "expiresAt";

    /// <summary>
    /// The maximum length of the JSON, in bytes: an item may have 400 KB (409,600 bytes), including the names of attributes.
    /// </summary>
    internal const int MaxRecordLength = 400_000;

    public static Dictionary<string, AttributeValue> Create(RunRecord record, DateTimeOffset expiresAt)
    {
        var item = new Dictionary<string, AttributeValue>
        {
            [Job] = new(record.Job),
            [RunId] = new(record.RunId),
            [Status] = new(WordFor(record.Status)),
            ["dryRun"] = new() { BOOL = record.DryRun },
            ["startedAt"] = new(record.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
            ["durationMs"] = Number(record.DurationMs),
            ["itemErrors"] = Number(record.ItemErrorCount),
            [Record] = new(Encoding.UTF8.GetString(RunRecordJson.Serialize(record, MaxRecordLength).Span)),
            [ExpiresAt] = Number(expiresAt.ToUnixTimeSeconds()),
        };
        if (record.MemoryMegabytes is { } memory)
        {
            item["memoryMb"] = Number(memory);
        }

        return item;
    }

    /// <summary>Reads an item.</summary>
    /// <exception cref="InvalidDataException">The item is not a run.</exception>
    public static RunRecord Read(Dictionary<string, AttributeValue> item)
    {
        try
        {
            return RunRecordJson.Deserialize(Encoding.UTF8.GetBytes(item.GetValueOrDefault(Record)?.S ?? string.Empty));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"The item job={item.GetValueOrDefault(Job)?.S} runId={item.GetValueOrDefault(RunId)?.S} is not a run: "
                + $"{exception.Message} "
                + "Only the dispatcher may write to the table: delete the item.",
                exception);
        }
    }

    /// <summary>TTL deletes an item only some days after it expires. Until then it must not be shown.</summary>
    public static bool IsExpired(Dictionary<string, AttributeValue> item, DateTimeOffset now) =>
        item.TryGetValue(ExpiresAt, out var expiresAt)
        && long.TryParse(expiresAt.N, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= now.ToUnixTimeSeconds();

    public static string WordFor(JobStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    public static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
