using Dispatcher.Text;

namespace Dispatcher.Jobs.Ssm;

/// <summary>Formats text that Systems Manager or an instance supplies, for a message.</summary>
internal static class SsmText
{
    private const int MaxLength = 500;
    private const int MaxLines = 3;

    /// <summary>Formats a text on one line.</summary>
    public static string Printable(string? text) => PrintableText.Escape(PrintableText.Truncate(text ?? string.Empty, MaxLength));

    /// <summary>
    /// Shortens the output of a script to its last three lines, of 80 characters each. A line that may hold a secret is masked as a whole.
    /// </summary>
    public static string ShortenOutput(string? output)
    {
        var lines = (output ?? string.Empty).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(" | ", lines.TakeLast(MaxLines).Select(Redaction.Value));
    }
}
