namespace Dispatcher.Failures;

/// <summary>
/// Fails a run at once: trying again would not help, and the message already says what failed, with the values, and what to do.
/// </summary>
public class PermanentJobException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, with the values, then what to do.</param>
    /// <param name="innerException">The cause, if any.</param>
    public PermanentJobException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
