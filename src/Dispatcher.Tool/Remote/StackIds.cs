namespace Dispatcher.Tool.Remote;

/// <summary>The logical ids of a generated template that the commands look up in a stack.</summary>
internal static class StackIds
{
    /// <summary>The function.</summary>
    public const string Function = "DispatcherFunction";

    /// <summary>The alias that invokes the function, if the template has SnapStart.</summary>
    public const string Alias = $"{Function}Aliaslive";

    /// <summary>The log group of the function.</summary>
    public const string LogGroup = "LogGroup";

    /// <summary>The queue of runs that failed, in which Lambda puts an asynchronous invocation after its last attempt.</summary>
    public const string FailedRuns = "FailedRunsQueue";

    /// <summary>The queue of events that EventBridge could not deliver.</summary>
    public const string UndeliveredEvents = "UndeliveredEventsQueue";

    /// <summary>The queue of payloads to run; a stack may have none.</summary>
    public const string JobQueue = "JobQueue";

    /// <summary>The queue of messages of the job queue that were received too often; a stack may have none.</summary>
    public const string FailedMessages = "FailedMessagesQueue";
}
