using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher;

/// <summary>
/// Is what a job answers: how it ended, and one sentence about it. Counts, changes and item errors are kept by the
/// <see cref="JobContext"/> and need not be repeated here.
/// </summary>
public sealed record JobResult
{
    private JobResult(JobStatus status, string summary)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(summary);
        Status = status;
        Summary = PrintableText.Escape(summary);
    }

    /// <summary>Gets how the run ended.</summary>
    public JobStatus Status { get; }

    /// <summary>Gets one sentence for a person.</summary>
    public string Summary { get; private init; }

    /// <summary>Gets what made the run fail, where that was an exception.</summary>
    public Exception? Exception { get; private init; }

    /// <summary>Gets the parameters of the follow-up run of a continued one; <see langword="null"/> for those of this run.</summary>
    public JsonElement? FollowUpParameters { get; private init; }

    /// <summary>
    /// Says that all of the work is done. In a dry run this becomes <see cref="JobStatus.Planned"/>, and where items
    /// failed <see cref="JobStatus.Partial"/>: a job need not tell these apart.
    /// </summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <returns>The result.</returns>
    public static JobResult Succeeded(string summary) => new(JobStatus.Succeeded, summary);

    /// <summary>Says that the work is done except for items that failed.</summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <returns>The result.</returns>
    public static JobResult Partial(string summary) => new(JobStatus.Partial, summary);

    /// <summary>Says what a real run would do.</summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <returns>The result.</returns>
    public static JobResult Planned(string summary) => new(JobStatus.Planned, summary);

    /// <summary>Says that there was no reason to run.</summary>
    /// <param name="reason">Why not, in one sentence.</param>
    /// <returns>The result.</returns>
    public static JobResult Skipped(string reason) => new(JobStatus.Skipped, reason);

    /// <summary>
    /// Says that the run stopped in good order before all was done. The next run gets the same request, perhaps with other parameters;
    /// where the host can, it queues that run at once.
    /// </summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <param name="parameters">
    /// The parameters of the follow-up run, for a job whose remaining work can be said in its parameters; by default those of this run.
    /// </param>
    /// <returns>The result.</returns>
    public static JobResult Continued(string summary, JsonElement? parameters = null) =>
        new(JobStatus.Continued, summary) { FollowUpParameters = parameters };

    /// <summary>Says that the work is not done.</summary>
    /// <param name="error">What failed, with the values, then what to do.</param>
    /// <param name="exception">
    /// The cause. The job is tried again where it is transient, as if the job had let it through; without a cause the result is final.
    /// </param>
    /// <returns>The result.</returns>
    public static JobResult Failed(string error, Exception? exception = null) =>
        new(JobStatus.Failed, error)
        {
            Exception = exception,

            // Several problems are a line each, and were made safe one by one.
            Summary = exception is PermanentJobException && exception.Message == error ? error : PrintableText.Escape(error),
        };

    /// <summary>Keeps everything but the status.</summary>
    internal JobResult As(JobStatus status) =>
        new(status, Summary) { Exception = Exception, Summary = Summary, FollowUpParameters = FollowUpParameters };
}
