namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>The exception for tasks that were not started, or may not have been, although another attempt may start them.</summary>
/// <param name="failure">The failure.</param>
/// <param name="innerException">The cause, if any.</param>
internal sealed class TaskStartException(Failure failure, Exception? innerException = null) : Exception(failure.Message, innerException)
{
    /// <summary>Gets the failure.</summary>
    public Failure Failure => failure;

    /// <summary>Creates the exception for a cluster without room.</summary>
    public static TaskStartException NoRoom(string message, Exception? innerException = null) =>
        new(new Failure(FailureKind.Transient, message, HasUserMessage: true), innerException);
}
