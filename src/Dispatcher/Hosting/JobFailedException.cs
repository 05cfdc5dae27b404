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

    internal JobFailedException(RunRecord record)
        : base(Describe(record))
    {
        Record = record;
    }

    /// <summary>Gets the record of the run.</summary>
    public RunRecord Record { get; }

    private static string Describe(RunRecord record)
    {
        var end = $" (run {record.RunId})";
        return Cut(PrintableText.Escape($"Job '{record.Job}' failed: {record.Summary}"), MaxMessageLength - end.Length) + end;
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
