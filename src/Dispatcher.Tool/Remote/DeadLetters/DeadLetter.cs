using System.Text.Json;
using Amazon.SQS.Model;

namespace Dispatcher.Tool.Remote.DeadLetters;

/// <summary>A message of a queue of what was not done.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Id">The id of the message.</param>
/// <param name="Receipt">What deletes the message or makes it visible again.</param>
/// <param name="At">When it failed.</param>
/// <param name="Received">How often the message was received, by this tool too.</param>
/// <param name="Reason">Why it was not done.</param>
/// <param name="Payload">What would run again.</param>
internal sealed record DeadLetter(
    DeadLetterQueue Queue, string Id, string Receipt, DateTimeOffset At, int Received, string Reason, string Payload)
{
    /// <summary>Gets the attributes of the message, which a message that takes its place has too.</summary>
    public Dictionary<string, MessageAttributeValue>? Attributes { get; init; }

    /// <summary>Gets the job that the payload names.</summary>
    public string? Job { get; init; }

    /// <summary>Gets the id of the payload or event.</summary>
    public string? PayloadId { get; init; }

    /// <summary>Gets the parameters of the payload.</summary>
    public JsonElement Parameters { get; init; }

    /// <summary>Gets a value indicating whether the payload asks for a dry run.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Gets the last run, if the error names it.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets how often Lambda or EventBridge has tried it.</summary>
    public int? Attempts { get; init; }

    /// <summary>Gets why it cannot be run again; <see langword="null"/> if it can.</summary>
    public string? Obstacle { get; init; }
}
