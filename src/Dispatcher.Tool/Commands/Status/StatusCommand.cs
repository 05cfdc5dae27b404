using System.CommandLine;
using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.History;
using Dispatcher.Tool.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>The command <c>status</c>: shows which job needs a person.</summary>
internal static class StatusCommand
{
    private const int DefaultInterval = 10;
    private const int MaxInterval = 3600;

    private const string Examples = """
        Examples:
          RUNS_TABLE=maintenance-runs {tool} status ## the jobs of the function
          {tool} status {job} ## one job
          {tool} status --stack maintenance ## by what is deployed, pauses included
          {tool} status --watch --interval 30 ## redrawn every 30 seconds; q quits
          {tool} status --json | jq -r '.jobs[] | select(.needsPerson).job'

        Shows every job that is registered, scheduled by the template or known to the
        history, those that need a person first, each with the next command to run:

          failing    the last run failed
          overdue    a run is missing, by the schedule or, without a template, by the
                     rhythm of the runs before
          unfinished the last run has started, and its end is not recorded
          partial    some items of the last run failed
          never ran  no run is known; needs a person if the schedule was due
          running    a run holds a lease, or is at work on this machine
          paused     its schedule is disabled
          retired    silent, and neither registered nor in the template

        A start may be late by a 24th of the interval, 10 minutes to 2 hours, and as
        long as the longest of the latest runs took. Schedules apply to the runs of
        RUNS_TABLE or RUNS_FILE, or if --template or --stack is set. With --stack, the
        messages of what failed for good are counted, too.

        --json --watch writes one line of JSON per interval.

        Exit codes: 0 no job needs a person; 1 a job needs a person, a queue of the
        stack has messages, or the history cannot be read; 2 invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("status", "Show which jobs need a person, and why.", "JOB");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var job = JobArgument.Create(tool);
        job.Arity = ArgumentArity.ZeroOrOne;
        job.Description = "Show only this job.";
        var sources = new StatusSourceOptions();
        var watch = new Option<bool>("--watch") { Description = "Redraw until q or Ctrl+C is pressed." };
        var interval = new Option<int>("--interval")
        {
            Description = $"Seconds between two drawings of --watch, from 1 to {MaxInterval}.",
            DefaultValueFactory = _ => DefaultInterval,
            HelpName = "SECONDS",
        };
        interval.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var seconds) && seconds is < 1 or > MaxInterval)
            {
                result.AddError($"'--interval' must be from 1 to {MaxInterval} seconds.");
            }
        });
        var utc = new Option<bool>("--utc") { Description = "Show times in UTC instead of local time." };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            job, watch, interval, utc, json,
        };
        sources.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = sources.Build(tool, parsed);
            var source = sources.Create(tool, services, parsed);
            var drawing = new StatusDrawing(tool, source, services.GetRequiredService<JobRegistry>())
            {
                Job = parsed.GetValue(job), Json = parsed.GetValue(json), Text = new RunFormat(parsed.GetValue(utc)),
            };
            if (!parsed.GetValue(watch))
            {
                return await drawing.DrawAsync(tool.Terminal.Out, cancellationToken);
            }

            var watching = new StatusWatch(
                tool.Terminal,
                TimeSpan.FromSeconds(parsed.GetValue(interval)),
                services.GetRequiredService<TimeProvider>(),
                token => tool.Terminal.WaitForKeyAsync('q', token)) { Appends = drawing.Json };
            return await watching.RunAsync(drawing.DrawAsync, cancellationToken);
        });
        return command;
    }
}
