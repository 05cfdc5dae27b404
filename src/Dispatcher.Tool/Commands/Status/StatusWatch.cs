using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>
/// A view that is drawn again and again, on the terminal's second screen, so that what was there before comes back. If nobody sees it, each
/// drawing follows the one before.
/// </summary>
/// <param name="terminal">The output.</param>
/// <param name="interval">The time between two drawings.</param>
/// <param name="time">The clock.</param>
/// <param name="quit">Ends when a person wants to quit.</param>
internal sealed class StatusWatch(CliTerminal terminal, TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> quit)
{
    private const string Begin = "\e[?1049h\e[?25l";
    private const string End = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    /// <summary>Gets a value indicating whether drawings follow each other even on a terminal.</summary>
    public bool Appends { get; init; }

    private bool IsLive => !Appends && terminal.Out.Profile.Out.IsTerminal && terminal.Out.Profile.Capabilities.Ansi;

    /// <summary>Draws until a person quits, or the command is cancelled.</summary>
    /// <param name="draw">
    /// Draws once. A failure of the first drawing ends the command; one of a later drawing is shown, and the next drawing tries again.
    /// </param>
    /// <param name="cancellationToken">Cancels the command.</param>
    /// <returns>The exit code of the last drawing.</returns>
    public async Task<int> RunAsync(Func<IAnsiConsole, CancellationToken, Task<int>> draw, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var quitting = QuitAsync(ended);
        var (exitCode, isFirst) = (ExitCode.Done, true);
        try
        {
            while (!ended.IsCancellationRequested)
            {
                using var page = new StringWriter();
                exitCode = await DrawAsync(draw, page, isFirst, exitCode, ended.Token);
                Show($"{page}", isFirst);
                isFirst = false;
                await Task.Delay(interval, time, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The person has seen enough.
        }
        finally
        {
            await ended.CancelAsync();
            await quitting;
            if (!isFirst && IsLive)
            {
                terminal.Out.Profile.Out.Writer.Write(End);
            }
        }

        return exitCode;
    }

    private async Task QuitAsync(CancellationTokenSource ended)
    {
        try
        {
            await quit(ended.Token);
            await ended.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The watch has ended otherwise.
        }
    }

    private async Task<int> DrawAsync(
        Func<IAnsiConsole, CancellationToken, Task<int>> draw,
        StringWriter page,
        bool isFirst,
        int lastExitCode,
        CancellationToken cancellationToken)
    {
        var console = terminal.CreatePage(page);
        try
        {
            return await draw(console, cancellationToken);
        }
        catch (Exception exception) when (!isFirst && exception is not OperationCanceledException)
        {
            console.Write(new Paragraph("error:", new Style(Color.Red, decoration: Decoration.Bold)).Append(
                $" {Printable.Text(exception.Message)} Trying again in {Printable.Duration((long)interval.TotalMilliseconds)}."));
            console.WriteLine();
            return lastExitCode;
        }
    }

    private void Show(string page, bool isFirst)
    {
        var output = terminal.Out.Profile.Out.Writer;
        if (!IsLive)
        {
            output.Write(isFirst ? page : $"\n{page}");
            output.Flush();
            return;
        }

        var lines = page.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var room = Math.Max(2, terminal.Out.Profile.Height - 1);
        if (lines.Length > room)
        {
            var hidden = lines.Length - room + 1;
            lines = [.. lines.Take(room - 1), $"… {Printable.Count(hidden, "more line")}; use a higher window, or name one job."];
        }

        output.Write($"{(isFirst ? Begin : string.Empty)}{Home}{string.Join($"{ClearLine}\n", lines)}{ClearLine}\n"
            + $"q quits; redrawn every {Printable.Duration((long)interval.TotalMilliseconds)}{ClearLine}{ClearBelow}");
        output.Flush();
    }
}
