using System.Text;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>
/// The exception for a run that failed, thrown after its metrics and its record have been written. Its message is one line of at most
/// 1,000 bytes with the error and the run's id: hosts copy it into headers, log lines and messages of queues. The record is in the log.
/// </summary>
public sealed class JobFailedException : Exception
{
    internal const int MaxMessageLength = 1_000;

    internal JobFailedException(JobRunSummary summary)
        : base(Describe(summary))
    {
        Summary = summary;
    }

    /// <summary>Gets the record of the run.</summary>
    public JobRunSummary Summary { get; }

    private static string Describe(JobRunSummary summary)
    {
        var end = $" (run {summary.RunId})";
        return Cut(PrintableText.Escape($"Job '{summary.Job}' failed: {summary.Summary}"), MaxMessageLength - end.Length) + end;
    }

    /// <summary>Shortens a text to a number of bytes in UTF-8, without splitting a character.</summary>
    private static string Cut(string text, int maxBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        const string Mark = "…";
        var left = maxBytes - Encoding.UTF8.GetByteCount(Mark);
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return text[..end] + Mark;
    }
}
