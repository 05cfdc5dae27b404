using System.Text.Json.Serialization;
using Dispatcher.Hosting;

namespace Dispatcher;

/// <summary>
/// Is the record of one run: what the entry point answers, what is logged, what the history keeps. camelCase on the wire.
/// </summary>
/// <param name="Job">The job.</param>
/// <param name="RunId">The run.</param>
/// <param name="Status">How it ended.</param>
/// <param name="DryRun">Whether it only planned.</param>
/// <param name="Summary">One sentence for a person; of a failed run, the error.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Attempts">How often the job was tried.</param>
/// <param name="Counts">What the job counted; in a dry run, what it would count.</param>
/// <param name="Changes">What it proposed and what became of it.</param>
/// <param name="Errors">The first items that failed, at most <see cref="ItemErrors.MaxKept"/>.</param>
public sealed record JobRunSummary(
    string Job,
    string RunId,
    JobStatus Status,
    bool DryRun,
    string Summary,
    DateTimeOffset StartedAt,
    long DurationMs,
    int Attempts,
    IReadOnlyDictionary<string, long> Counts,
    ChangesSummary Changes,
    IReadOnlyList<ItemError> Errors)
{
    /// <summary>Gets how many items failed in all, where <see cref="Errors"/> holds only the first of them. Not on the wire.</summary>
    /// <value>The default value is 0, also of a record that was read back from JSON.</value>
    [JsonIgnore]
    public long ItemErrorCount { get; init; }

    /// <summary>Gets a count, 0 where the job did not count it.</summary>
    /// <param name="name">The count's name.</param>
    /// <returns>The count.</returns>
    public long Count(string name) => Counts.GetValueOrDefault(name);

    /// <summary>Throws where the run failed, for hosts that tell a failure by an exception, as AWS Lambda does.</summary>
    /// <returns>This record.</returns>
    /// <exception cref="JobFailedException">The run failed.</exception>
    public JobRunSummary EnsureSucceeded() => Status == JobStatus.Failed ? throw new JobFailedException(this) : this;

    internal static JobRunSummary Create(JobContext context, JobResult result, TimeSpan duration)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in context.Counters.Snapshot().Concat(context.Gate.Counts()))
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
        }

        return new JobRunSummary(
            context.Job.Name,
            context.RunId,
            Settle(result.Status, context),
            context.DryRun,
            result.Summary + LimitNote(context),
            context.StartedAt,
            (long)duration.TotalMilliseconds,
            context.Attempt,
            counts,
            context.Gate.Summarize(),
            context.Errors.Snapshot())
        {
            ItemErrorCount = context.Errors.Count,
        };
    }

    /// <summary>A job says that it is through; whether that was a plan, or a success with losses, is known here.</summary>
    private static JobStatus Settle(JobStatus status, JobContext context) => status switch
    {
        JobStatus.Succeeded or JobStatus.Partial when context.DryRun => JobStatus.Planned,
        JobStatus.Succeeded or JobStatus.Planned when !context.DryRun =>
            context.Errors.Count > 0 ? JobStatus.Partial : JobStatus.Succeeded,
        _ => status,
    };

    private static string LimitNote(JobContext context) =>
        context is { DryRun: true, Gate: { LimitWouldStop: true, Limit: { } limit } }
            ? $" A real run would stop at its limit of {limit} changes (MAX_CHANGES, or the job's own)."
            : string.Empty;
}
