namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Says that ECS had no room for a task, and that another attempt may find some.</summary>
internal sealed class TaskNotStartedException(string message, Exception? innerException = null) : Exception(message, innerException);
