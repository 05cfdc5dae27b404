namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Classifies tasks that were not started: the exception carries its own classification.</summary>
internal sealed class TaskStartFailureRule : IFailureRule
{
    public Failure? Classify(Exception exception) => (exception as TaskStartException)?.Failure;
}
