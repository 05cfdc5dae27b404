using System.Text.Json;

namespace Dispatcher.Jobs.Celery;

/// <summary>One task as it goes on the queue.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Args">The positional arguments.</param>
/// <param name="Kwargs">The keyword arguments.</param>
/// <param name="Eta">The time before which the worker does not run it.</param>
/// <param name="Expires">The time after which the worker drops it.</param>
/// <param name="Priority">The priority that the message carries.</param>
/// <param name="GroupId">The message group, or <see langword="null"/> for none.</param>
internal sealed record CeleryMessage(
    string Id,
    string Task,
    IReadOnlyList<JsonElement> Args,
    IReadOnlyDictionary<string, JsonElement> Kwargs,
    DateTimeOffset? Eta,
    DateTimeOffset? Expires,
    int Priority,
    string? GroupId)
{
    /// <summary>Gets the message's text on the queue, ASCII.</summary>
    public required string Body { get; init; }

    /// <summary>Gets the time limits, hard and soft, in the order of the header.</summary>
    public (int? Hard, int? Soft) TimeLimits { get; init; }

    /// <summary>Gets the headers beside those of Celery.</summary>
    public IReadOnlyDictionary<string, JsonElement> Headers { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Gets the id by which a FIFO queue drops repetitions: the task's id, or a digest if SQS does not accept that.</summary>
    public string DeduplicationId => Id.Length <= 128 && Id.All(static character => character is > ' ' and <= '~')
        ? Id
        : DeterministicGuid.Create(Id, "deduplication").ToString();

    /// <summary>Gets the digest of the task and its options as they were given, for the evidence of the change.</summary>
    public string Digest { get; init; } = string.Empty;

    /// <summary>Gets the call as Python would write it.</summary>
    public string Call => PythonLiteral.Call(Task, Args, Kwargs);
}
