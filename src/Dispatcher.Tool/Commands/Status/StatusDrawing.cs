using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>One drawing of a board that was just read.</summary>
/// <param name="tool">The tool.</param>
/// <param name="source">The source of the board.</param>
/// <param name="jobs">The registered jobs, to find a misspelt one.</param>
internal sealed class StatusDrawing(ToolContext tool, StatusSource source, JobRegistry jobs)
{
    /// <summary>Gets the only job.</summary>
    public string? Job { get; init; }

    /// <summary>Gets a value indicating whether to write JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Gets the format of times.</summary>
    public required RunFormat Text { get; init; }

    /// <summary>Reads the board, and draws it.</summary>
    /// <param name="console">The output of a drawing for a person.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="BadInputException">The job is not known.</exception>
    public async Task<int> DrawAsync(IAnsiConsole console, CancellationToken cancellationToken)
    {
        var board = await source.ReadAsync(Job, cancellationToken);
        if (Job is { } job && board.Jobs is [{ LastRun: null, Unfinished: null, Running.Count: 0 }] && !source.Knows(job))
        {
            throw new BadInputException($"{jobs.DescribeMissing(job)} The history has no runs of that name either.");
        }

        if (Json)
        {
            JsonOutput.Write(tool.Terminal, StatusJson.Create(board, source, tool.Name));
        }
        else
        {
            new StatusView(tool.Name, Text).Write(console, board, source);
        }

        return board.NeedsPerson || source.Stack is { DeadLetters.HasMessages: true } ? ExitCode.Failed : ExitCode.Done;
    }
}
