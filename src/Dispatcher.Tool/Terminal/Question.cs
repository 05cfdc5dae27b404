using System.Text;

namespace Dispatcher.Tool.Terminal;

/// <summary>A question that only a clear yes answers with yes.</summary>
internal static class Question
{
    /// <summary>Determines whether a person can answer.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <returns>Whether standard input is a keyboard.</returns>
    public static bool CanBeAsked(CliTerminal terminal) => terminal.IsInputTyped;

    /// <summary>Asks.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>Whether the answer is yes.</returns>
    public static async Task<bool> AskAsync(CliTerminal terminal, string question, CancellationToken cancellationToken)
    {
        terminal.Error.Write(new Spectre.Console.Text($"{Printable.Text(question)} [y/N] "));
        using var reader = new StreamReader(terminal.RawInput, Encoding.UTF8, leaveOpen: true);

        // A read from a terminal cannot be cancelled, only left behind.
        var answer = await Task.Run(reader.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
