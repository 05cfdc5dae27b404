using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Reporting.Status;
using Dispatcher.Tool.Remote.DeadLetters;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>The JSON form of a board.</summary>
internal static class StatusJson
{
    /// <summary>Creates the JSON.</summary>
    /// <param name="board">The board.</param>
    /// <param name="source">Where it is from.</param>
    /// <param name="tool">The name of the tool.</param>
    /// <returns>The JSON.</returns>
    public static JsonElement Create(StatusBoard board, StatusSource source, string tool) =>
        JsonSerializer.SerializeToElement(new JsonObject
        {
            ["at"] = Time(board.Now),
            ["location"] = source.History.Location,
            ["template"] = source.Template,
            ["needsPerson"] = board.NeedsPerson || source.Stack is { DeadLetters.HasMessages: true },
            ["jobs"] = new JsonArray([.. board.Jobs.Select(job => Describe(job, tool, board.Now))]),
            ["deadLetters"] = Describe(source.Stack?.DeadLetters),
            ["omissions"] = new JsonArray([.. board.Omissions.Select(static omission => JsonValue.Create(omission))]),
        });

    private static JsonObject Describe(JobHealth job, string tool, DateTimeOffset now) => new()
    {
        ["job"] = job.Job,
        ["verdict"] = Name(job.Verdict),
        ["needsPerson"] = job.NeedsPerson,
        ["reason"] = job.Reason,
        ["lastRun"] = Describe(job.LastRun),
        ["lastSuccess"] = Describe(job.LastSuccess),
        ["next"] = Time(job.Next),
        ["nextIsApproximate"] = job.IsNextApproximate,
        ["overdueSince"] = Time(job.OverdueSince),
        ["running"] = new JsonArray([.. job.Running.Select(run => new JsonObject
        {
            ["runId"] = run.RunId, ["since"] = Time(run.Since), ["leaseUntil"] = run.Until > now ? Time(run.Until) : null,
        })]),
        ["unfinished"] = job.Unfinished is not { } unfinished ? null : new JsonObject
        {
            ["runId"] = unfinished.RunId, ["startedAt"] = Time(unfinished.StartedAt), ["hasChanges"] = unfinished.HasChanges,
        },
        ["pause"] = job.Pause is not { } pause ? null : new JsonObject
        {
            ["reason"] = pause.Reason, ["by"] = pause.By, ["since"] = Time(pause.Since),
        },
        ["schedule"] = job.Schedule,
        ["nextCommand"] = job.NextCommand is { } command ? $"{tool} {command}" : null,
    };

    /// <summary>Without a stack, and if they could not be counted, nothing is known about them.</summary>
    private static JsonArray? Describe(DeadLetterCounts? counts) => counts is not { Problem: null } ? null : new JsonArray(
        [.. counts.Queues.Select(static count => new JsonObject { ["queue"] = count.Queue, ["messages"] = count.Messages })]);

    private static JsonObject? Describe(StatusRun? run) => run is null ? null : new JsonObject
    {
        ["runId"] = run.RunId,
        ["status"] = Name(run.Status),
        ["dryRun"] = run.DryRun,
        ["startedAt"] = Time(run.StartedAt),
        ["durationMs"] = (long)run.Duration.TotalMilliseconds,
        ["summary"] = run.Summary,
    };

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
