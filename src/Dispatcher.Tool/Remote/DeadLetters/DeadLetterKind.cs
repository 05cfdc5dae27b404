namespace Dispatcher.Tool.Remote.DeadLetters;

/// <summary>The queues of what was not done.</summary>
internal enum DeadLetterKind
{
    /// <summary>Asynchronous invocations whose last attempt failed.</summary>
    FailedRuns,

    /// <summary>Messages of the job queue that were received too often.</summary>
    FailedMessages,

    /// <summary>Events that EventBridge could not deliver.</summary>
    UndeliveredEvents,
}
