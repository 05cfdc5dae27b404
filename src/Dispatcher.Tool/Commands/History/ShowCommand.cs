using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.LocalServers;
using Dispatcher.Tool.Commands.Completion;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The command <c>show RUN</c>: shows the record of one run.</summary>
internal static class ShowCommand
{
    private const string Examples = """
        Examples:
          {tool} show 01a201f6-fd83 ## an id from '{tool} history'
          {tool} show 01a201f6-fd83 --json | jq .counts

        An unambiguous prefix of the id is enough. The run is read from the same
        place as by 'history': the table named by RUNS_TABLE, the file named by
        RUNS_FILE, or .local/runs.db.

        A record lists the first 100 changes and errors. All changes made on this
        machine are in .local/audit, one JSON line each.

        Exit codes: 0 success; 1 unknown run; 2 ambiguous run id.

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var runId = new Argument<string>("RUN") { Description = "The run id, or an unambiguous prefix of it." };
        RunSuggestions.Add(runId, tool);
        var utc = new Option<bool>("--utc") { Description = "Show times in UTC instead of local time." };
        var json = new Option<bool>("--json") { Description = "Write the run as a JSON object." };
        var command = new DocumentedCommand(tool, "show", "Show the record of one run: times, counts, changes, errors.", Examples)
        {
            runId, utc, json,
        };
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            tool, parsed.GetRequiredValue(runId), parsed.GetValue(json), new RunFormat(parsed.GetValue(utc)), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(
        ToolContext tool, string runId, bool json, RunFormat text, CancellationToken cancellationToken)
    {
        await using var services = ToolServices.Build(tool);
        var history = services.GetRequiredService<IRunHistory>();
        var run = await FindAsync(tool, history, runId.Trim(), cancellationToken);
        if (json)
        {
            JsonOutput.Write(tool.Terminal, JsonDocument.Parse(RunRecordJson.Serialize(run)).RootElement);
        }
        else
        {
            RunView.Write(tool.Terminal.Out, run, text, AuditFolder.For(LocalFolder.Find()));
        }

        return ExitCode.Done;
    }

    private static async Task<RunRecord> FindAsync(
        ToolContext tool, IRunHistory history, string runId, CancellationToken cancellationToken)
    {
        if (runId.Length == 0)
        {
            throw new BadInputException($"The run id is empty. Write an id or a prefix of one; '{tool.Name} history' lists them.");
        }

        try
        {
            var run = await history.FindAsync(runId, cancellationToken);
            tool.Terminal.WriteOmissions(history);
            return run ?? throw new CommandFailedException(history.Omissions.Count == 0
                ? $"Unknown run '{runId}' in {history.Location}. List the runs with '{tool.Name} history'."
                : $"No run '{runId}' was found in the readable part of {history.Location}.");
        }
        catch (AmbiguousRunException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }
}
