using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Leases;

/// <summary>The keys of the leases that a run takes, unique within its job.</summary>
internal static class LeaseKey
{
    /// <summary>A longer name is represented by its hash: a key has at most 512 characters, and at most 1,024 bytes in DynamoDB.</summary>
    private const int MaxNameBytes = 256;

    /// <summary>Determines the key of the work that a run does for its slot.</summary>
    /// <returns>
    /// The key, the same for each delivery; <see langword="null"/> if the slot is named by the id of the run, which no other run has.
    /// </returns>
    public static string? ForSlot(JobContext context) =>
        context.Slot == context.RunId && context.Request.Shards is null
            ? null
            : ForSlot(context, context.Request.Shard, context.Request.Continuation);

    /// <summary>Determines the key of the work that a run of the same slot does.</summary>
    /// <param name="context">A run of the slot.</param>
    /// <param name="shard">The shard of the run; <see langword="null"/> for a run that does all of the work, or queues the shards.</param>
    /// <param name="continuation">How many runs have stopped at their deadline before it.</param>
    public static string ForSlot(JobContext context, JobShard? shard, int continuation)
    {
        // The hash keeps apart what is delivered under one id: an event that starts a job twice with different parameters.
        var given = context.Parameters.ValueKind == JsonValueKind.Null ? default : context.Parameters;
        var parameters = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Create(given).Span));
        var part = shard is { } one ? string.Create(CultureInfo.InvariantCulture, $":{one.Index}/{one.Count}") : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"slot:{Shorten(context.Slot)}:{parameters}:{continuation}{part}");
    }

    /// <summary>Determines the key of what the job may not do twice at once.</summary>
    public static string ForOverlap(string name) => $"overlap:{Shorten(name)}";

    /// <summary>Determines the key of what the shards of a number may not do twice at once.</summary>
    public static string ForOverlap(string name, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"overlap-{shard}:{Shorten(name)}");

    private static string Shorten(string name) =>
        Encoding.UTF8.GetByteCount(name) <= MaxNameBytes
            ? name
            : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
}
