using System.CommandLine;
using System.Text.Json;
using Dispatcher.Cli.Hosting;
using Dispatcher.Cli.Terminal;
using Dispatcher.Payload;
using Dispatcher.Pipeline;
using Dispatcher.Registration;
using Dispatcher.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Cli.Commands.Running;

/// <summary><c>dispatch run JOB</c>: runs a job here and now, for a person.</summary>
internal static class RunCommand
{
    private const string Examples = """
        Examples:
          dispatch run video-upload-cleanup --dry-run
          dispatch run video-upload-cleanup -p cleanupAgeHours=48 -p batchSize=200
          dispatch run video-upload-cleanup --parameters cleanup.json --json

        Parameters come, first match wins, from -p, from the file, from environment
        variables, from their defaults. 'dispatch describe JOB' lists them. A list
        or an object is given as JSON: -p 'tags=["a","b"]'.

        Ctrl+C stops the run between two changes and still prints what was done; a
        second Ctrl+C ends at once.

        Exit codes: 0 succeeded, planned, skipped or continued; 1 failed; 2 wrong
        input, nothing has run; 3 done except for items that failed.

        """;

    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="verbose">The tool's own option.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal, Option<bool> verbose)
    {
        var job = JobArgument.Create();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done. Changes nothing." };
        var assignments = new Option<string[]>("--parameter", "-p") { Description = "Set a parameter. Can be repeated.", HelpName = "name=value" };
        var file = new Option<string?>("--parameters") { Description = "Take parameters from a JSON object in a file.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand("run", "Run a job, or plan it with --dry-run.", Examples) { job, dryRun, assignments, file, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var arguments = new RunArguments(
                parsed.GetRequiredValue(job), parsed.GetValue(dryRun), parsed.GetValue(assignments) ?? [], parsed.GetValue(file));
            return RunAsync(terminal, arguments, parsed.GetValue(json), parsed.GetValue(verbose), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliTerminal terminal, RunArguments arguments, bool json, bool verbose, CancellationToken cancellationToken)
    {
        var stages = new StageTracker();
        await using var services = CliServices.Build(terminal, verbose ? LogLevel.Information : LogLevel.Warning, stages, record: true);
        var payload = RunPayload.Create(arguments, services.GetRequiredService<JobRegistry>());
        var request = services.GetRequiredService<JobRequestReader>().Read(payload);

        var run = services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, cancellationToken);
        var summary = await ProgressBar.ShowAsync(terminal.Live, stages, run);

        if (json)
        {
            JsonOutput.Write(terminal, JsonSerializer.SerializeToElement(summary, DispatcherJsonContext.Default.JobRunSummary));
        }
        else
        {
            RunReport.Write(terminal.Out, summary, arguments);
        }

        return ExitCode.For(summary.Status);
    }
}
