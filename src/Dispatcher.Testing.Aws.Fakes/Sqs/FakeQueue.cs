using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>A queue: a FIFO queue if its name ends with <c>.fifo</c>, else a standard one.</summary>
public sealed class FakeQueue
{
    private static readonly TimeSpan DeduplicationInterval = TimeSpan.FromMinutes(5);

    private readonly FakeWorld _world;
    private readonly Dictionary<string, (DateTimeOffset Until, StoredMessage Message)> _sent = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewSignal();
    private long _numbers;

    internal FakeQueue(FakeWorld world, string name)
    {
        _world = world;
        Name = name;
        CreatedAt = world.Clock.GetUtcNow();
    }

    /// <summary>Gets its name.</summary>
    public string Name { get; }

    /// <summary>Gets its ARN.</summary>
    public string Arn => $"arn:aws:sqs:us-east-1:000000000000:{Name}";

    /// <summary>Gets a value indicating whether it is a FIFO queue.</summary>
    public bool IsFifo => Name.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>Gets or sets how long a received message is invisible.</summary>
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long a message that was sent is invisible at first.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Gets or sets a value indicating whether messages of a FIFO queue are deduplicated by their bodies.</summary>
    public bool ContentBasedDeduplication { get; set; }

    /// <summary>Gets or sets the queue that messages are moved to after <see cref="MaxReceiveCount"/> receives.</summary>
    public FakeQueue? DeadLetterQueue { get; set; }

    /// <summary>Gets or sets how often a message is received before it is moved to <see cref="DeadLetterQueue"/>.</summary>
    public int MaxReceiveCount { get; set; } = 10;

    /// <summary>Gets its messages, in the order in which they were sent, those in flight included.</summary>
    public IReadOnlyList<FakeMessage> Messages =>
        _world.Locked(() => (IReadOnlyList<FakeMessage>)[.. Stored.Select(static message => message.Describe())]);

    internal DateTimeOffset CreatedAt { get; }

    internal List<StoredMessage> Stored { get; } = [];

    /// <summary>Gets a task that ends when a message comes in or becomes visible because of a request.</summary>
    internal Task Changed => _changed.Task;

    private DateTimeOffset Now => _world.Clock.GetUtcNow();

    /// <summary>Sends a message. It is not in the log of changes.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="groupId">Its message group.</param>
    /// <param name="deduplicationId">Its deduplication id.</param>
    /// <returns>The message.</returns>
    public FakeMessage Send(string body, string? groupId = null, string? deduplicationId = null) =>
        _world.Locked(() => Add(body, [], [], groupId, deduplicationId, null).Message.Describe());

    /// <summary>Adds a message, or finds the one that it duplicates.</summary>
    internal (StoredMessage Message, bool IsNew) Add(
        string body, JsonObject attributes, JsonObject systemAttributes, string? groupId, string? deduplicationId, TimeSpan? delay)
    {
        if (IsFifo && deduplicationId is null && ContentBasedDeduplication)
        {
            deduplicationId = AttributeDigest.OfBody(body);
        }

        if (IsFifo && deduplicationId is not null && _sent.TryGetValue(deduplicationId, out var earlier) && earlier.Until > Now)
        {
            return (earlier.Message, false);
        }

        var message = new StoredMessage
        {
            Id = Guid.NewGuid().ToString(),
            Body = body,
            SentAt = Now,
            Attributes = attributes,
            SystemAttributes = systemAttributes,
            GroupId = groupId,
            DeduplicationId = deduplicationId,
            SequenceNumber = ++_numbers,
            VisibleAt = Now + (delay ?? Delay),
        };
        Stored.Add(message);
        if (IsFifo && deduplicationId is not null)
        {
            _sent[deduplicationId] = (Now + DeduplicationInterval, message);
        }

        Signal();
        return (message, true);
    }

    /// <summary>Selects messages that can be received, and moves those to the dead-letter queue that were received too often.</summary>
    internal IReadOnlyList<StoredMessage> TakeReceivable(int count)
    {
        foreach (var spent in Stored.Where(IsSpent).ToList())
        {
            Stored.Remove(spent);
            spent.Origin = Arn;
            DeadLetterQueue!.Stored.Add(spent);
            DeadLetterQueue.Signal();
        }

        return [.. Receivable().Take(count)];
    }

    /// <summary>Determines when the next message can be received, as far as time alone decides it.</summary>
    internal DateTimeOffset? NextReceivableAt() =>
        Receivable().Any()
            ? Now
            : Stored.Where(message => message.VisibleAt > Now).Min(static message => (DateTimeOffset?)message.VisibleAt);

    internal void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsSpent(StoredMessage message) =>
        DeadLetterQueue is not null && message.ReceiveCount >= MaxReceiveCount && message.VisibleAt <= Now;

    /// <summary>A message group is blocked while one of its messages is in flight.</summary>
    private IEnumerable<StoredMessage> Receivable()
    {
        var blocked = IsFifo
            ? Stored.Where(message => message.IsInFlight(Now)).Select(static message => message.GroupId).ToHashSet(StringComparer.Ordinal)
            : [];
        return Stored.Where(message => message.VisibleAt <= Now && !blocked.Contains(message.GroupId));
    }
}
