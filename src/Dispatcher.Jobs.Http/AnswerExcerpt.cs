using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>The beginning of what an endpoint said, for an error: one line, without the secrets that were sent.</summary>
internal static class AnswerExcerpt
{
    internal const int MaxLength = 2048;

    // UTF-32 has four bytes for a character.
    private const int MaxBytesPerCharacter = 4;

    // The status is known; nobody waits the whole timeout for the words that go with it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Reads an excerpt of a response.</summary>
    /// <returns>The excerpt, empty if the response says nothing in time.</returns>
    public static async Task<string> ReadAsync(
        HttpCall call, HttpResponseMessage response, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            // A secret may begin before the cut and end behind it: read that far, mask it, then cut.
            var body = await AnswerText.ReadAsync(response, MaxBytesPerCharacter * (MaxLength + call.Mask.LongestForm), linked.Token);
            return body is { Text.Length: 0, Problem: { } problem } ? $"(a body that {problem})" : Print(call, body.Text);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            return string.Empty;
        }
    }

    /// <summary>Formats the beginning of what an endpoint said.</summary>
    public static string Print(HttpCall call, string text)
    {
        var masked = call.Mask.Apply(text[..Math.Min(text.Length, MaxLength + call.Mask.LongestForm)]);
        var start = masked.Length > MaxLength ? masked[..MaxLength] : masked;
        var line = start.Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ').Trim();
        return PrintableText.Truncate(PrintableText.Escape(line), MaxLength);
    }
}
