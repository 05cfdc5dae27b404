namespace Dispatcher.Jobs.Celery;

/// <summary>Says that some messages are not on the queue yet and that another attempt may put them there.</summary>
internal sealed class TasksNotSentException(string message) : Exception(message);
