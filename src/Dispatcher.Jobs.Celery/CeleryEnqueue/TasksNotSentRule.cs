namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>Has a run tried again whose messages were refused for a reason that passes.</summary>
internal sealed class TasksNotSentRule : IFailureRule
{
    public Failure? Classify(Exception exception) =>
        exception is TasksNotSentException ? new Failure(FailureKind.Transient, exception.Message, HasUserMessage: true) : null;
}
