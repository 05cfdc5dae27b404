using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool;

/// <summary>
/// A command line over a set of jobs, for a developer's machine, a build or a container: list, describe, run, plan, apply, invoke,
/// status, history, show, audit, logs, redrive, pause, resume, events, schedules, validate, template, report, local and completion.
/// </summary>
public static class DispatchTool
{
    /// <summary>Runs one command line of this process.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="jobs">Adds the jobs, as in the function.</param>
    /// <param name="configure">Sets the options of the tool.</param>
    /// <returns>
    /// The exit code: 0 for success, 1 for a failure, 2 for invalid input, 3 if some items of a run failed, 130 if Ctrl+C cancelled the
    /// command. The first Ctrl+C lets a run stop between two changes; the second one ends the process.
    /// </returns>
    public static async Task<int> RunAsync(
        string[] args, Action<IDispatcherBuilder> jobs, Action<DispatchToolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(jobs);

        var terminal = CliTerminal.OfProcess();
        using var interrupt = new Interrupt(terminal.WriteNotice);
        return await CreateProgram(terminal, jobs, configure, interrupt.Token, interrupt.ByPerson).RunAsync(args);
    }

    internal static ToolProgram CreateProgram(
        CliTerminal terminal,
        Action<IDispatcherBuilder> jobs,
        Action<DispatchToolOptions>? configure,
        CancellationToken cancellationToken,
        CancellationToken interrupt = default)
    {
        var options = new DispatchToolOptions();
        configure?.Invoke(options);
        return new ToolProgram(
            new ToolContext(terminal, options.Name, builder => Add(jobs, builder), options.ConfigureServices, interrupt),
            options,
            cancellationToken);
    }

    /// <summary>Adds the jobs. A registration that the dispatcher refuses is the author's to correct, and no fault of the tool.</summary>
    private static void Add(Action<IDispatcherBuilder> jobs, IDispatcherBuilder builder)
    {
        try
        {
            jobs(builder);
        }
        catch (ArgumentException exception)
        {
            var message = exception.Message.Replace($" (Parameter '{exception.ParamName}')", string.Empty, StringComparison.Ordinal);
            throw new BadInputException($"A job cannot be registered: {message}");
        }
    }
}
