using Dispatcher.Text;

namespace Dispatcher;

/// <summary>
/// The exception that fails an attempt for a reason that may pass, so that the run is tried again. Its message says what failed, with the
/// values, and what to do if it stays so.
/// </summary>
public class TransientJobException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">
    /// What failed, with the values, then what to do. One line: line breaks and control characters are escaped, because values may hold
    /// them.
    /// </param>
    /// <param name="innerException">The cause, if any.</param>
    public TransientJobException(string message, Exception? innerException = null)
        : base(PrintableText.Escape(Redaction.Sentence(message)), innerException)
    {
    }

    /// <summary>Gets how long the other side asked to be left alone before the next try.</summary>
    /// <value>The default value is <see langword="null"/>: the usual backoff decides.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Gets a value indicating whether the change may have been made nevertheless, because only the answer is missing.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool OutcomeUnknown { get; init; }
}
