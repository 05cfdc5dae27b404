using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher;

/// <summary>
/// The result that a job returns: its status and one sentence. Counts, changes and item errors are kept by the <see cref="JobContext"/> and
/// are not repeated here.
/// </summary>
public sealed record JobResult
{
    private JobResult(JobStatus status, string summary)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(summary);
        Status = status;
        Summary = Print(summary);
    }

    /// <summary>Gets how the run ended.</summary>
    public JobStatus Status { get; }

    /// <summary>Gets one sentence for a person.</summary>
    public string Summary { get; private init; }

    /// <summary>Gets the exception that failed the run, if any.</summary>
    public Exception? Exception { get; private init; }

    /// <summary>Gets the parameters of the follow-up run of a continued one; <see langword="null"/> for those of this run.</summary>
    public JsonElement? FollowUpParameters { get; private init; }

    /// <summary>
    /// Creates the result of a run that did all of its work. In a dry run it becomes <see cref="JobStatus.Planned"/>, and with item errors
    /// <see cref="JobStatus.Partial"/>: a job need not distinguish them.
    /// </summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <returns>The result.</returns>
    public static JobResult Succeeded(string summary) => new(JobStatus.Succeeded, summary);

    /// <summary>Creates the result of a run that did its work except for items that failed.</summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <returns>The result.</returns>
    public static JobResult Partial(string summary) => new(JobStatus.Partial, summary);

    /// <summary>Creates the result of a dry run: what a real run would do.</summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <returns>The result.</returns>
    public static JobResult Planned(string summary) => new(JobStatus.Planned, summary);

    /// <summary>Creates the result of a run that had no reason to do anything.</summary>
    /// <param name="reason">Why not, in one sentence.</param>
    /// <returns>The result.</returns>
    public static JobResult Skipped(string reason) => new(JobStatus.Skipped, reason);

    /// <summary>
    /// Creates the result of a run that stopped in good order before its work was done. The follow-up run gets the same request, optionally
    /// with other parameters; a host with an <c>IRequestSender</c> queues it at once.
    /// </summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <param name="parameters">
    /// The parameters of the follow-up run, for a job whose parameters can express the remaining work; by default those of this run.
    /// </param>
    /// <returns>The result.</returns>
    public static JobResult Continued(string summary, JsonElement? parameters = null) =>
        new(JobStatus.Continued, summary) { FollowUpParameters = parameters };

    /// <summary>Creates the result of a run that failed.</summary>
    /// <param name="error">What failed, with the values, then what to do.</param>
    /// <param name="exception">
    /// The cause. If it is transient, the job is tried again, as if it had thrown the exception; without a cause the result is final.
    /// </param>
    /// <returns>The result.</returns>
    public static JobResult Failed(string error, Exception? exception = null) =>
        new(JobStatus.Failed, error)
        {
            Exception = exception,

            // Several problems are on a line each, and were escaped one by one.
            Summary = exception is PermanentJobException && exception.Message == error ? Redaction.Sentence(error) : Print(error),
        };

    /// <summary>Creates the result of a run that a person interrupted.</summary>
    internal static JobResult Cancelled(string summary) => new(JobStatus.Cancelled, summary);

    /// <summary>Creates a copy with another sentence at its end.</summary>
    internal JobResult WithNote(string note) => new(Status, Summary)
    {
        Exception = Exception, Summary = Summary + Print(note), FollowUpParameters = FollowUpParameters,
    };

    private static string Print(string text) => PrintableText.OneLine(Redaction.Sentence(text));
}
