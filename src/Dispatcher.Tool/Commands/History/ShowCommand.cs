using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Tool.Commands.Completion;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The command <c>show RUN</c>: shows the record of one run.</summary>
internal static class ShowCommand
{
    private const string Examples = """
        Examples:
          {tool} show 01a201f6-fd83 ## an id from '{tool} history'
          {tool} show 01a201f6-fd83 --changes --outcome failed
          {tool} show 01a201f6-fd83 --json | jq .counts
          {tool} show nightly-42 ## the newest run of this slot

        An unambiguous prefix of the id is enough. Anything else is looked for
        among the slots of the newest 1,000 runs. The run is read from the same place
        as by 'history': the table named by RUNS_TABLE, the file named by RUNS_FILE,
        or .local/runs.db.

        A record lists the first 100 changes and errors. Equal errors are shown once;
        --verbose shows each of them. --changes reads all changes from the audit
        trail, a page of --limit at a time: in .local/audit, or in the bucket named by
        AUDIT_BUCKET. With --json it writes all of them.

        Exit codes: 0 success; 1 unknown run; 2 ambiguous run id.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } =
        new("show", "Show the record of one run: times, parameters, counts, changes, errors.", "RUN");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="verbose">The tool's own option.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool, Option<bool> verbose)
    {
        var runId = new Argument<string>("RUN") { Description = "The run id, or an unambiguous prefix of it." };
        RunSuggestions.Add(runId, tool);
        var utc = new Option<bool>("--utc") { Description = "Show times in UTC instead of local time." };
        var json = new Option<bool>("--json") { Description = "Write the run as a JSON object; with --changes, the changes as an array." };
        var changes = new Option<bool>("--changes") { Description = "Show the changes, from the audit trail." };
        var options = new ChangeOptions();
        var page = new PageOptions();
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            runId, changes, options.Action, options.Outcome, page.Limit, page.Skip, utc, json,
        };
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            tool,
            parsed.GetRequiredValue(runId),
            parsed.GetValue(json),
            parsed.GetValue(verbose),
            new RunFormat(parsed.GetValue(utc)),
            parsed.GetValue(changes) || !options.Read(parsed).IsEmpty || page.IsGiven(parsed)
                ? page.Read(parsed, options.Read(parsed))
                : null,
            cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(
        ToolContext tool, string runId, bool json, bool verbose, RunFormat text, ChangePage? page, CancellationToken cancellationToken)
    {
        await using var services = ToolServices.Build(tool);
        var history = services.GetRequiredService<IRunHistory>();
        var search = new AuditSearch(services.GetServices<IAuditTrail>());
        var run = await RunSearch.TryFindAsync(tool, history, runId.Trim(), cancellationToken)
            ?? throw await ExplainMissAsync(tool, services, runId.Trim(), text, cancellationToken);
        if (page is not null)
        {
            await new RunChanges(tool, run, search, text).WriteAsync(page, json, cancellationToken);
        }
        else if (json)
        {
            JsonOutput.Write(tool.Terminal, JsonDocument.Parse(RunRecordJson.Serialize(run)).RootElement);
        }
        else
        {
            var configuration = services.GetRequiredService<IConfiguration>();
            var prices = StoragePrices.AddTo(new PriceList(), [], configuration);
            var trail = await RunPlaces.DescribeTrailAsync(run, search, cancellationToken);
            RunView.Write(tool.Terminal.Out, run, text, trail, verbose, prices);
            WriteNext(tool, run);
        }

        return ExitCode.Done;
    }

    /// <summary>A run that is at work, or whose process was killed, has no record, but perhaps a trail.</summary>
    private static async Task<CommandFailedException> ExplainMissAsync(
        ToolContext tool, IServiceProvider services, string runId, RunFormat text, CancellationToken cancellationToken)
    {
        var history = services.GetRequiredService<IRunHistory>();
        var unfinished = await UnfinishedRuns.Of(services).ListAsync(job: null, cancellationToken);
        if (unfinished.Where(run => run.RunId.StartsWith(runId, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var run])
        {
            return new CommandFailedException(
                $"{UnfinishedRunText.Describe(run, history.Location, text)} {UnfinishedRunText.Advise(run, tool.Name)}");
        }

        var search = new AuditSearch(services.GetServices<IAuditTrail>());
        return await search.ListRunsAsync(new AuditQuery { RunId = runId }, cancellationToken) is { Count: 1 } found
            ? new CommandFailedException(
                $"Run {found.Single()} has no record in {history.Location}: it is at work, which '{tool.Name} status' shows, or its "
                    + $"process was killed. '{tool.Name} audit {found.Single()}' lists what it has changed.")
            : RunSearch.Unknown(tool, history, runId);
    }

    private static void WriteNext(ToolContext tool, RunRecord run)
    {
        if (run.Log is not null)
        {
            tool.Terminal.Out.WriteLine("The lines that the run logged:");
            CopyLine.Write(tool.Terminal.Out, $"{tool.Name} logs {run.RunId}");
        }

        if (run.Changes.Items.Count > 0)
        {
            tool.Terminal.Out.WriteLine("All changes, with their evidence and times:");
            CopyLine.Write(tool.Terminal.Out, $"{tool.Name} show {run.RunId} --changes");
        }
    }
}
