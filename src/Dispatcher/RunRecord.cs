using System.Text.Json.Serialization;

namespace Dispatcher;

/// <summary>
/// The record of one run: the answer of the entry point, the line in the log, the entry in the history. camelCase on the wire.
/// </summary>
public sealed record RunRecord
{
    /// <summary>Gets the name of the job.</summary>
    public required string Job { get; init; }

    /// <summary>Gets the id of the run, a time-ordered UUID.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the status in which the run ended.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Gets a value indicating whether the run only planned.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Gets one sentence for a person; of a failed run, the error.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets the start of the run, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets the duration of the run, in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Gets how often the job was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Gets the counts of the job; in a dry run, the counts that a real run would report.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>Gets the proposed changes and their outcomes.</summary>
    public required ChangesSummary Changes { get; init; }

    /// <summary>Gets the first items that failed, at most <see cref="ItemErrors.MaxKept"/>.</summary>
    public required IReadOnlyList<ItemError> Errors { get; init; }

    /// <summary>Gets the slot that the run filled, the same for each delivery of it.</summary>
    /// <value>The default value is <see langword="null"/>: a record of an earlier version.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Slot { get; init; }

    /// <summary>Gets the task that the run did, of a job whose runs do different things (<see cref="JobOptions.TaskParameter"/>).</summary>
    /// <value>The default value is <see langword="null"/>: the job has no tasks, or the request named none.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }

    /// <summary>Gets the record of the run that did the work before, of a delivery that was skipped for it.</summary>
    /// <value>The default value is <see langword="null"/>: no duplicate, or the record of the first run is not kept any more.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunRecord? Original { get; init; }

    /// <summary>Gets the run for which this one was skipped, because it was at work at the same time.</summary>
    /// <value>The default value is <see langword="null"/>: nobody else was at work.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LeaseHolder? Holder { get; init; }

    /// <summary>Gets the shard that the run did.</summary>
    /// <value>The default value is <see langword="null"/>: the run did all of the work, or queued its shards.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobShard? Shard { get; init; }

    /// <summary>
    /// Gets the shards of a slot whose work was divided: this record has their totals, so that whoever adds up runs leaves it out.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the work was not divided, or some shards have not ended.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ShardRun>? Shards { get; init; }

    /// <summary>Gets the plan that a dry run has written, or that a real run has applied.</summary>
    /// <value>The default value is <see langword="null"/>: no plan.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlanReport? Plan { get; init; }

    /// <summary>Gets how many items failed in all; <see cref="Errors"/> holds only the first of them. Not on the wire.</summary>
    /// <value>The default value is 0, also of a record that was read from the entry point's answer.</value>
    [JsonIgnore]
    public long ItemErrorCount { get; init; }

    /// <summary>
    /// Gets the memory of the Lambda function that ran the job, in MB: with the duration it determines the cost. Not on the wire, but in
    /// the history.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the job did not run in Lambda.</value>
    [JsonIgnore]
    public int? MemoryMegabytes { get; init; }

    /// <summary>
    /// Gets the digest of the parameters, those from the configuration included: runs of a job with equal digests had the same parameters.
    /// Not on the wire, but in the history.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: a record of an earlier version, or one from the wire.</value>
    [JsonIgnore]
    public string? ParametersDigest { get; init; }

    /// <summary>
    /// Gets the parameters of the request, by name, as far as they may be shown: at most 80 characters of each, and <c>***</c> for what may
    /// hold a secret. Not on the wire, but in the history.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the request had none, or the record is of an earlier version.</value>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>Gets the place of the run's log in CloudWatch Logs. Not on the wire, but in the history.</summary>
    /// <value>The default value is <see langword="null"/>: the job did not run in Lambda.</value>
    [JsonIgnore]
    public RunLog? Log { get; init; }

    /// <summary>Gets one count.</summary>
    /// <param name="name">The name of the count.</param>
    /// <returns>The count; 0 if the job did not count it.</returns>
    public long Count(string name) => Counts.GetValueOrDefault(name);
}
