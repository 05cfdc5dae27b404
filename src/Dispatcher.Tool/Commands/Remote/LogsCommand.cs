using System.CommandLine;
using System.Globalization;
using System.Text;
using Amazon.CloudWatchLogs;
using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.Completion;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.Logs;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The command <c>logs</c>: shows what a run of the function has logged.</summary>
internal static class LogsCommand
{
    private const string Examples = """
        Examples:
          {tool} logs 01a201f6-fd83 --stack maintenance
          {tool} logs 01a201f6-fd83 --stack maintenance --follow
          {tool} logs 01a201f6-fd83 --log-group /aws/lambda/dispatcher --raw | jq .

        Shows the lines of one run of the function, and what Lambda reports about its
        invocation: a run that was killed has no record, but a report.

        The run is looked up in the history, which RUNS_TABLE names; there, a prefix of
        the id is enough. A run that the history does not have yet, because it is at
        work or was killed, is found by its whole id, which an error names.

        --follow shows new lines until the run has ended; Ctrl+C stops the display, not
        the run. --raw writes the lines as they are, one on each line.

        Exit codes: 0 success; 1 no lines, or AWS refused; 2 invalid input.

        """;

    /// <summary>A run's own clock and CloudWatch's may differ, and Lambda reports after the run.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("logs", "Show what a run of the function has logged.", "RUN");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var run = new Argument<string>("RUN") { Description = "The run id, or an unambiguous prefix of it." };
        RunSuggestions.Add(run, tool);
        var stack = StackOption.Create();
        var group = new Option<string?>("--log-group")
        {
            Description = "The log group (default: that of the record, or of the stack).", HelpName = "NAME",
        };
        var follow = new Option<bool>("--follow", "-f") { Description = "Show new lines until the run has ended." };
        var raw = new Option<bool>("--raw") { Description = "Write the lines as they are, metrics included." };
        var all = new Option<bool>("--all") { Description = "Show metrics and all lines of Lambda, too." };
        var utc = new Option<bool>("--utc") { Description = "Show times in UTC instead of local time." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            run, stack, group, follow, raw, all, utc,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = RemoteServices.Build(tool);
            var (runId, begin, end, recorded) = await FindAsync(tool, services, parsed.GetRequiredValue(run).Trim(), cancellationToken);
            var name = parsed.GetValue(group) ?? recorded ?? (StackOption.Find(parsed.GetValue(stack)) is { } named
                ? (await services.ReadStackAsync(named, cancellationToken)).GetLogGroup()
                : throw new BadInputException(
                    (end is null ? "No log group is named."
                        : $"Run {runId} has no log group in its record, as a run outside Lambda: "
                            + $"'{tool.Name} show {runId}' shows its outcome. To look in a log group anyway:")
                    + $" Write --stack NAME or --log-group NAME, or set {StackOption.Variable}."));
            var log = new RunLogReader(services.GetRequiredService<IAmazonCloudWatchLogs>(), name, runId, begin, end);
            var view = new RunLogView(tool.Terminal.Out, parsed.GetValue(utc), parsed.GetValue(all));
            Action<IReadOnlyList<RunLogLine>> write = parsed.GetValue(raw) ? lines => WriteRaw(tool.Terminal, lines) : view.Write;
            return parsed.GetValue(follow) && end is null
                ? await FollowAsync(log, write, services.GetRequiredService<TimeProvider>(), cancellationToken)
                : await ShowAsync(log, write, runId, name, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ShowAsync(
        RunLogReader log, Action<IReadOnlyList<RunLogLine>> write, string runId, string group, CancellationToken cancellationToken)
    {
        var lines = await log.ReadAsync(cancellationToken);
        write(lines);
        return lines.Count > 0 ? ExitCode.Done : throw new CommandFailedException(
            $"No line of run {runId} is in {group}. A line takes some seconds to arrive, and is deleted after the retention of the log "
            + "group; a run of another function or of this machine is not there.");
    }

    private static async Task<int> FollowAsync(
        RunLogReader log, Action<IReadOnlyList<RunLogLine>> write, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                write(await log.ReadAsync(cancellationToken));
                if (log.HasEnded)
                {
                    return ExitCode.Done;
                }

                await Task.Delay(Pause, timeProvider, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is how a person stops to follow.
            return ExitCode.Done;
        }
    }

    private static void WriteRaw(CliTerminal terminal, IReadOnlyList<RunLogLine> lines)
    {
        foreach (var line in lines)
        {
            terminal.RawOutput.Write(Encoding.UTF8.GetBytes($"{line.Text}\n"));
        }

        terminal.RawOutput.Flush();
    }

    /// <summary>Finds the id, the time and the log group of a run: in the history, or the time in the id itself.</summary>
    private static async Task<(string RunId, DateTimeOffset Begin, DateTimeOffset? End, string? Group)> FindAsync(
        ToolContext tool, IServiceProvider services, string given, CancellationToken cancellationToken)
    {
        if (given.Length == 0)
        {
            throw new BadInputException($"The run id is empty. Write an id or a prefix of one; '{tool.Name} history' lists them.");
        }

        var history = services.GetRequiredService<IRunHistory>();
        try
        {
            if (await history.FindAsync(given, cancellationToken) is { } run)
            {
                return (run.RunId, run.StartedAt - Margin, run.StartedAt.AddMilliseconds(run.DurationMs) + Margin, run.Log?.Group);
            }
        }
        catch (AmbiguousRunException exception)
        {
            throw new BadInputException(exception.Message);
        }

        return ReadTime(given) is { } time
            ? (given.ToLowerInvariant(), time - Margin, null, null)
            : throw new CommandFailedException(
                $"Unknown run '{given}' in {history.Location}. Set RUNS_TABLE to the function's table, or write the whole id.");
    }

    /// <summary>Reads the time of an id: a UUID of version 7 begins with it, in milliseconds.</summary>
    private static DateTimeOffset? ReadTime(string runId) =>
        Guid.TryParseExact(runId, "D", out var id) && id.Version == 7
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(
                $"{runId[..8]}{runId[9..13]}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            : null;
}
