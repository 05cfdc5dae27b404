using System.Text.Json.Serialization;

namespace Dispatcher.Plans;

/// <summary>The line of one change in a plan.</summary>
internal sealed record PlanLine
{
    public const string LineType = "change";

    [JsonPropertyOrder(-1)]
    public string Type { get; init; } = LineType;

    public required long Number { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Evidence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Bytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Counter { get; init; }

    public static PlanLine Create(long number, Change change) => new()
    {
        Number = number,
        Action = change.Action,
        Target = change.Target,
        Reason = change.Reason,
        Evidence = change.Evidence,
        Bytes = change.Bytes,
        Counter = change.Counter,
    };

    public PlannedChange ToChange() => new(
        Number, new Change(Action, Target) { Reason = Reason, Evidence = Evidence, Bytes = Bytes, Counter = Counter });
}
