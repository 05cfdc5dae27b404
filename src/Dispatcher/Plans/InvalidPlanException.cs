namespace Dispatcher.Plans;

/// <summary>The exception for a file that is not a plan, or not a whole and unchanged one.</summary>
/// <param name="message">What is wrong, then what to do.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class InvalidPlanException(string message, Exception? innerException = null)
    : PermanentJobException(message, innerException);
