using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Plans;

/// <summary>The first line of a plan: what was planned, when, where and by what.</summary>
public sealed record PlanHeader
{
    /// <summary>The type of the line.</summary>
    internal const string LineType = "plan";

    /// <summary>The version of the format. A reader refuses another major version.</summary>
    internal const string CurrentFormat = "1.0";

    /// <summary>Gets the type of the line.</summary>
    [JsonPropertyOrder(-2)]
    public string Type { get; init; } = LineType;

    /// <summary>Gets the version of the format.</summary>
    [JsonPropertyOrder(-1)]
    public string Format { get; init; } = CurrentFormat;

    /// <summary>Gets the id of the plan, which is the id of the dry run that wrote it.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name of the job.</summary>
    public required string Job { get; init; }

    /// <summary>Gets the parameters of the payload.</summary>
    /// <value>The default value is <see langword="null"/>: none.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Parameters { get; init; }

    /// <summary>Gets the id of the request. The run that applies the plan has the same one, and so fills the same slot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }

    /// <summary>Gets the scheduled time of the request, if it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>Gets the start of the dry run, in UTC. The age of a plan counts from it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the place that was examined.</summary>
    public required PlanOrigin Origin { get; init; }

    /// <summary>Gets the version of the dispatcher.</summary>
    public required string DispatcherVersion { get; init; }

    /// <summary>Gets the version of the package of the job.</summary>
    public required string JobVersion { get; init; }

    /// <summary>Gets the most changes that a run might make when the plan was written.</summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? MaxChanges { get; init; }

    /// <summary>Gets the digest of the plan of which this one is an excerpt.</summary>
    /// <value>The default value is <see langword="null"/>: the plan holds everything that the dry run planned.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExcerptOf { get; init; }
}
