using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>The payload fields <c>shards</c> (divide the work of this slot) and <c>shard</c> (do one part of it).</summary>
internal static class ShardFields
{
    public const string Shards = "shards";
    public const string Shard = "shard";

    private const string Index = "index";
    private const string Count = "count";

    /// <summary>Reads into how many shards the work is to be divided.</summary>
    public static int? ReadShards(JsonElement payload, ProblemList problems)
    {
        if (!PayloadText.TryGetProperty(payload, Shards, out var shards))
        {
            return null;
        }

        if (ReadNumber(shards) is { } number and >= 2 and <= JobShard.MaxCount)
        {
            return number;
        }

        problems.Add($"Field '{Shards}' must be a whole number from 2 to {JobShard.MaxCount}, but is {PayloadText.Value(shards)}.");
        return null;
    }

    /// <summary>Reads which shard the run is to do.</summary>
    public static JobShard? ReadShard(JsonElement payload, ProblemList problems)
    {
        if (!PayloadText.TryGetProperty(payload, Shard, out var shard))
        {
            return null;
        }

        if (shard.ValueKind == JsonValueKind.Object
            && shard.EnumerateObject().Count() == 2
            && PayloadText.TryGetProperty(shard, Index, out var first) && ReadNumber(first) is { } index
            && PayloadText.TryGetProperty(shard, Count, out var second) && ReadNumber(second) is { } count
            && count is >= 2 and <= JobShard.MaxCount && index >= 0 && index < count)
        {
            return new JobShard(index, count);
        }

        problems.Add($"Field '{Shard}' must be {{\"{Index}\":0,\"{Count}\":4}} with a count from 2 to {JobShard.MaxCount} and an index "
            + $"below it, but is {PayloadText.Value(shard)}.");
        return null;
    }

    /// <summary>Checks that a request for shards makes sense, and that its job can be divided.</summary>
    public static void Check(JobRequest request, JobDescriptor job, JobRegistry registry, ProblemList problems)
    {
        if (request is { Shards: not null, Shard: not null })
        {
            problems.Add($"Fields '{Shards}' and '{Shard}' exclude each other. Send '{Shards}' to divide the work; the function itself "
                + $"sends '{Shard}' for each part.");
        }

        if (request is { Shards: not null, Continuation: > 0 })
        {
            problems.Add($"Fields '{Shards}' and 'continuation' exclude each other: the shards are continued one by one.");
        }

        if ((request.Shards ?? request.Shard?.Count) is not { } count || count <= job.MaxShards)
        {
            return;
        }

        var field = request.Shards is null ? Shard : Shards;
        problems.Add(job.MaxShards > 1
            ? $"Job '{job.Name}' can be divided into at most {job.MaxShards} shards, but field '{field}' asks for {count}. Ask for fewer."
            : $"Job '{job.Name}' cannot be divided into shards. Leave field '{field}' out. {DescribeDivisible(registry)}");
    }

    private static string DescribeDivisible(JobRegistry registry)
    {
        string[] names = [.. registry.Jobs.Where(static job => job.MaxShards > 1).Select(static job => job.Name)];
        return names.Length == 0 ? "No registered job can." : $"Jobs that can: {string.Join(", ", names)}.";
    }

    private static int? ReadNumber(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;
}
