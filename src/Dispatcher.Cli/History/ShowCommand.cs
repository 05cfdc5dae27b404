using System.CommandLine;
using System.Text.Json;
using Dispatcher.Cli.Terminal;
using Dispatcher.Hosting;
using Dispatcher.LocalServers;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Cli.History;

/// <summary><c>dispatch show RUN</c>: what did this run do?</summary>
internal static class ShowCommand
{
    private const string Lesson = """
        Examples:
          dispatch show 01a201f6-fd83                    as 'dispatch history' shows it
          dispatch show 01a201f6-fd83 --json | jq .counts

        The beginning of the id is enough where no other run's begins so. Looks where
        'dispatch history' does: in the table that RUNS_TABLE names, or in
        .local/runs.jsonl.

        A run lists its first 100 changes and errors. All changes that were made on
        this machine are in .local/audit, a JSON line each.

        Exit codes: 0 shown; 1 there is no such run; 2 several runs begin so.

        """;

    /// <summary>Makes the command.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
    {
        var runId = new Argument<string>("RUN") { Description = "The run's id, or its beginning." };
        var utc = new Option<bool>("--utc") { Description = "Show times in UTC, not in local time." };
        var json = new Option<bool>("--json") { Description = "Write the run as a JSON object." };
        var command = new DocumentedCommand("show", "Show all of one run: times, counts, changes, errors.", Lesson) { runId, utc, json };
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            terminal, parsed.GetRequiredValue(runId), parsed.GetValue(json), new RunText(parsed.GetValue(utc)), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CliTerminal terminal, string runId, bool json, RunText text, CancellationToken cancellationToken)
    {
        await using var services = CliServices.Build(terminal);
        var history = services.GetRequiredService<IRunHistory>();
        var run = await FindAsync(terminal, history, runId.Trim(), cancellationToken);
        if (json)
        {
            JsonOutput.Write(terminal, JsonDocument.Parse(RunRecordJson.Serialize(run)).RootElement);
        }
        else
        {
            RunPage.Write(terminal.Out, run, text, AuditFolder.Of(LocalFolder.Find()));
        }

        return ExitCode.Done;
    }

    private static async Task<RunRecord> FindAsync(CliTerminal terminal, IRunHistory history, string runId, CancellationToken cancellationToken)
    {
        if (runId.Length == 0)
        {
            throw new BadInputException("The run's id is empty. Give one, or its beginning: 'dispatch history' lists them.");
        }

        try
        {
            var run = await history.FindAsync(runId, cancellationToken);
            terminal.WriteOmissions(history);
            return run ?? throw new CommandFailedException(history.Omissions.Count == 0
                ? $"There is no run '{runId}' in {history.Place}. 'dispatch history' lists the runs."
                : $"No run '{runId}' was found in the part of {history.Place} that could be read.");
        }
        catch (AmbiguousRunException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }
}
