using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Running.Confirmation;

/// <summary>A question to the person at the terminal.</summary>
internal static class Question
{
    /// <summary>Asks a question that only <c>y</c> and <c>yes</c> confirm.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    /// <returns><see langword="true"/> if the person confirms.</returns>
    public static async Task<bool> AskAsync(CliTerminal terminal, string question, CancellationToken cancellationToken)
    {
        terminal.Error.Write(new Spectre.Console.Text($"{Printable.Text(question)} [y/N] "));

        // A read from a terminal cannot be cancelled, only left behind.
        using var reader = new StreamReader(terminal.RawInput, leaveOpen: true);
        var answer = await Task.Run(reader.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
