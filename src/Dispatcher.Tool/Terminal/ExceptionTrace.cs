namespace Dispatcher.Tool.Terminal;

/// <summary>Formats an exception and its causes in lines that text from outside, quoted in a message, cannot add to.</summary>
internal static class ExceptionTrace
{
    /// <summary>Formats an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>Type, message and stack of the exception, then of each cause. A message is one item, whatever it holds.</returns>
    public static IEnumerable<string> LinesOf(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            yield return $"{(current == exception ? string.Empty : " ---> ")}{current.GetType().FullName}: {current.Message}";
            foreach (var line in (current.StackTrace ?? string.Empty).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries))
            {
                yield return line;
            }
        }
    }
}
