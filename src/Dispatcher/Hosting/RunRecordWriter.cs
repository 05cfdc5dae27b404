using System.Text.Json;
using Dispatcher.Diagnostics;

namespace Dispatcher.Hosting;

/// <summary>
/// Writes records as the contract of <see cref="DispatcherJsonContext"/> does, but without the metadata of the contract, which a function
/// would have to create in each cold start.
/// </summary>
internal static class RunRecordWriter
{
    public static void Write(Utf8JsonWriter writer, RunRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("job", record.Job);
        writer.WriteString("runId", record.RunId);
        writer.WriteString("status", StatusNames.Of(record.Status));
        writer.WriteBoolean("dryRun", record.DryRun);
        writer.WriteString("summary", record.Summary);
        writer.WriteString("startedAt", record.StartedAt);
        writer.WriteNumber("durationMs", record.DurationMs);
        writer.WriteNumber("attempts", record.Attempts);
        WriteNumbers(writer, "counts", record.Counts);
        WriteChanges(writer, record.Changes);
        WriteErrors(writer, record.Errors);
        WriteOptional(writer, "slot", record.Slot);
        WriteOptional(writer, "task", record.Task);
        if (record.Original is { } original)
        {
            writer.WritePropertyName("original");
            Write(writer, original);
        }

        if (record.Holder is { } holder)
        {
            writer.WriteStartObject("holder");
            writer.WriteString("runId", holder.RunId);
            writer.WriteString("since", holder.Since);
            writer.WriteString("until", holder.Until);
            writer.WriteEndObject();
        }

        if (record.Shard is { } shard)
        {
            writer.WriteStartObject("shard");
            writer.WriteNumber("index", shard.Index);
            writer.WriteNumber("count", shard.Count);
            writer.WriteEndObject();
        }

        WriteShards(writer, record.Shards);
        WritePlan(writer, record.Plan);
        writer.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter writer, ChangesSummary changes)
    {
        writer.WriteStartObject("changes");
        writer.WriteNumber("proposed", changes.Proposed);
        writer.WriteNumber("applied", changes.Applied);
        writer.WriteNumber("failed", changes.Failed);
        writer.WriteNumber("bytes", changes.Bytes);
        WriteItems(writer, "items", changes.Items);
        writer.WriteBoolean("itemsTruncated", changes.ItemsTruncated);
        if (changes.Interrupted != 0)
        {
            writer.WriteNumber("interrupted", changes.Interrupted);
        }

        if (changes.BytesByClass is { } bytes)
        {
            WriteNumbers(writer, "bytesByClass", bytes);
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, string name, IReadOnlyList<ChangeItem>? items)
    {
        if (items is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            writer.WriteString("action", item.Action);
            writer.WriteString("target", item.Target);
            writer.WriteString("reason", item.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteErrors(Utf8JsonWriter writer, IReadOnlyList<ItemError> errors)
    {
        writer.WriteStartArray("errors");
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("item", error.Item);
            writer.WriteString("error", error.Error);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteShards(Utf8JsonWriter writer, IReadOnlyList<ShardRun>? shards)
    {
        if (shards is null)
        {
            return;
        }

        writer.WriteStartArray("shards");
        foreach (var shard in shards)
        {
            writer.WriteStartObject();
            writer.WriteNumber("index", shard.Index);
            writer.WriteString("runId", shard.RunId);
            writer.WriteString("status", StatusNames.Of(shard.Status));
            writer.WriteNumber("runs", shard.Runs);
            writer.WriteNumber("durationMs", shard.DurationMs);
            writer.WriteNumber("applied", shard.Applied);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePlan(Utf8JsonWriter writer, PlanReport? plan)
    {
        if (plan is null)
        {
            return;
        }

        writer.WriteStartObject("plan");
        writer.WriteString("location", plan.Location);
        writer.WriteString("digest", plan.Digest);
        writer.WriteNumber("changes", plan.Changes);
        WriteItems(writer, "changed", plan.Changed);
        WriteItems(writer, "notInPlan", plan.NotInPlan);
        WriteItems(writer, "missing", plan.Missing);
        WriteOptional(writer, "appliedBy", plan.AppliedBy);
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, long> numbers)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in numbers)
        {
            writer.WriteNumber(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
