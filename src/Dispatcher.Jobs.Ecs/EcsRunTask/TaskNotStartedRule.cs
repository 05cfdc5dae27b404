using Dispatcher.Failures;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Has a run tried again that found no room.</summary>
internal sealed class TaskNotStartedRule : IFailureRule
{
    public Failure? Classify(Exception exception) =>
        exception is TaskNotStartedException ? new Failure(FailureKind.Transient, exception.Message, IsExpected: true) : null;
}
