using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Tool.Commands.Completion;
using Dispatcher.Tool.Commands.Running;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands.Restoring;

/// <summary>The command <c>restore RUN</c>: takes back what a run has changed, by its audit trail.</summary>
internal static class RestoreCommand
{
    private const string Examples = """
        Examples:
          {tool} restore 01a201f6-fd83 --dry-run ## what can be taken back
          {tool} restore 01a201f6-fd83
          {tool} restore 01a201f6-fd83 --key '*5d1f0c9e*' ## all targets with this text
          AUDIT_BUCKET=trails {tool} restore 01a201f6-fd83 --yes --json

        Reads the audit trail of the run, in .local/audit or in the bucket named by
        AUDIT_BUCKET, and takes back its changes, the last one first, as far as the
        job knows how. What was written since is never overwritten. What cannot be
        taken back is an item error that says why. A second run finds that all is
        done. The run is in the history under the name of the job with '-restore'.
        A run whose process was killed has no record; its trail is enough.

        At a terminal the command asks before it makes changes. --yes skips this.

        Exit codes: 0 restored, planned, or nothing left to do; 1 failed, or unknown
        run; 2 invalid input, nothing has run; 3 some changes cannot be taken back;
        130 cancelled by Ctrl+C: run it again to go on.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("restore", "Take back what a run has changed, by its audit trail.", "RUN");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="verbose">The tool's own option.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool, Option<bool> verbose)
    {
        var runId = new Argument<string>("RUN") { Description = "The run id, or an unambiguous prefix of it." };
        RunSuggestions.Add(runId, tool);
        var keys = new Option<string[]>("--key")
        {
            Description = "Take back only the changes of this target: its end is enough, and * is any text. Can be repeated.",
            HelpName = "KEY",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be taken back, without doing it." };
        var yes = YesOption.Create();
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            runId, keys, dryRun, yes, json,
        };
        var limits = new LimitOptions();
        limits.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = await RestorableRun.FindAsync(tool, parsed.GetRequiredValue(runId).Trim(), cancellationToken);
            string[] given = parsed.GetValue(keys) ?? [];
            var arguments = new RunArguments(run.Job + RestoreJob.Suffix, parsed.GetValue(dryRun), Assign(run, given), null)
            {
                Limits = limits.Read(parsed),
                Restored = new RestoredRun(run.RunId, given),
            };
            return await RunCommand.RunAsync(
                tool.With(builder => RestoreJob.AddTo(builder, run.Job)),
                arguments,
                new RunOutput(parsed.GetValue(yes), parsed.GetValue(json), parsed.GetValue(verbose)),
                cancellationToken);
        });
        return command;
    }

    private static string[] Assign(RestorableRun run, string[] keys)
    {
        string[] parameters = [$"run={run.RunId}", $"job={run.Job}"];
        var targets = new JsonArray([.. keys.Select(static key => JsonValue.Create(key.Trim()))]);
        return keys.Length == 0 ? parameters : [.. parameters, $"targets={targets.ToJsonString(JsonSerializerOptions.Default)}"];
    }
}
