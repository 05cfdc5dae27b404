using Dispatcher.Text;

namespace Dispatcher;

/// <summary>
/// The exception that fails a run at once, because trying again would not help. Its message says what failed, with the values, and what to
/// do.
/// </summary>
public class PermanentJobException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">
    /// What failed, with the values, then what to do. One line: line breaks and control characters are escaped, because values may hold
    /// them.
    /// </param>
    /// <param name="innerException">The cause, if any.</param>
    public PermanentJobException(string message, Exception? innerException = null)
        : base(PrintableText.Escape(Redaction.Sentence(message)), innerException)
    {
    }

    /// <summary>Creates the exception for several problems.</summary>
    /// <param name="problems">What is wrong, with the values, then what to do: one line of the message each. At least one.</param>
    public PermanentJobException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems.Select(static problem => PrintableText.Escape(Redaction.Sentence(problem)))))
    {
    }

    /// <summary>
    /// Gets a value indicating whether the change may have been made nevertheless, because its answer is missing or unclear.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool OutcomeUnknown { get; init; }
}
