using System.Runtime.CompilerServices;

namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>
/// Remembers through all attempts of a run what became of each message: what is on the queue is not sent again, and what SQS refuses is not
/// offered again.
/// </summary>
internal sealed class SendProgress
{
    private static readonly ConditionalWeakTable<JobContext, SendProgress> Runs = [];

    private readonly Dictionary<string, SendOutcome> _outcomes = new(StringComparer.Ordinal);

    /// <summary>Gets how many messages are on the queue.</summary>
    public int Sent => _outcomes.Values.Count(outcome => outcome.IsSent);

    /// <summary>Gets how many messages may be on the queue: the answer to the last try is lost.</summary>
    public int Unknown => _outcomes.Values.Count(outcome => outcome.IsUnknown);

    /// <summary>Gets what is wrong with the messages that are not on the queue, each text once.</summary>
    public IEnumerable<string> Errors => _outcomes.Values.Select(outcome => outcome.Error).OfType<string>().Distinct();

    /// <summary>Gets a value indicating whether another attempt may put more messages on the queue.</summary>
    public bool MayHelpToRetry => _outcomes.Values.Any(outcome => outcome is { IsSent: false, Kind: FailureKind.Transient });

    /// <summary>Gets the progress of a run.</summary>
    public static SendProgress Of(JobContext context) => Runs.GetValue(context, static _ => new SendProgress());

    /// <summary>Says whether a message still has to be sent.</summary>
    public bool IsPending(CeleryMessage message) =>
        !_outcomes.TryGetValue(message.Id, out var outcome) || outcome is { IsSent: false, Kind: FailureKind.Transient };

    /// <summary>Gets the error of a message that an earlier attempt found to be beyond help.</summary>
    public string? FinalError(CeleryMessage message) => IsPending(message) ? null : _outcomes[message.Id].Error;

    /// <summary>Keeps what became of a message.</summary>
    public void Record(CeleryMessage message, SendOutcome outcome) => _outcomes[message.Id] = outcome;
}
