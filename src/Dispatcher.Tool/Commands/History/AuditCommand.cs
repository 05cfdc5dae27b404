using System.CommandLine;
using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.Completion;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The command <c>audit</c>: finds changes in the audit trails of all runs.</summary>
internal static class AuditCommand
{
    private const int MaxNamed = 5;

    private const string Examples = """
        Examples:
          {tool} audit --target s3://bucket/key ## who deleted this, when, and why
          {tool} audit --target gone.mp4 ## what ends with /gone.mp4
          {tool} audit --target 's3://bucket/2026/*' --since 7d
          {tool} audit 01a201f6-fd83 --outcome failed ## a run's failed changes
          AUDIT_BUCKET=trails {tool} audit --target s3://bucket/key --job {job}
          {tool} audit 01a201f6-fd83 --json | jq -r '.[].target'

        A target begins with s3://NAME/ or the like and is compared as a whole; one
        that does not is compared with the end, from a / on. * stands for any
        characters. The changes of the newest run come first.

        Trails of runs on this machine are in .local/audit, those of the function in
        the bucket named by AUDIT_BUCKET. --job and --since let it read less there.
        A function without a bucket has its trails in its log only.

        Exit codes: 0 changes were found; 1 none was found; 2 invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } =
        new("audit", "Find changes in the audit trails: who deleted what, when, and why.", "RUN");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var runId = new Argument<string>("RUN")
        {
            Description = "Show the changes of this run; an unambiguous prefix of its id is enough.", Arity = ArgumentArity.ZeroOrOne,
        };
        RunSuggestions.Add(runId, tool);
        var target = new Option<string?>("--target")
        {
            Description = "Show the changes of this target, in all runs; its end is enough, and * is any text.", HelpName = "TARGET",
        };
        var job = new Option<string?>("--job") { Description = "Search only the runs of this job.", HelpName = "JOB" };
        job.CompletionSources.Add(_ => tool.Descriptors.Select(static job => new System.CommandLine.Completions.CompletionItem(job.Name)));
        var since = SinceOption.Create();
        var options = new ChangeOptions();
        var utc = new Option<bool>("--utc") { Description = "Show times in UTC instead of local time." };
        var json = new Option<bool>("--json") { Description = "Write the changes as a JSON array." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            runId, target, job, since, options.Action, options.Outcome, utc, json,
        };
        command.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValue(runId)) && string.IsNullOrWhiteSpace(result.GetValue(target)))
            {
                result.AddError("Name a run, or a target: --target TARGET.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = new AuditQuery
            {
                RunId = parsed.GetValue(runId)?.Trim(),
                Job = parsed.GetValue(job),
                Since = SinceOption.Read(parsed.GetValue(since), DateTimeOffset.Now),
            };
            await using var services = ToolServices.Build(tool);
            var wanted = parsed.GetValue(target)?.Trim() is { Length: > 0 } text ? new TargetPattern(text) : null;
            var selected = options.Read(parsed);
            return await SearchAsync(
                tool,
                new AuditSearch(services.GetServices<IAuditTrail>()),
                query,
                new AuditSelection(
                    wanted,
                    entry => wanted?.Matches(entry.Target) != false && (query.Job is null || query.Job == entry.Job)
                        && selected.Includes(entry)),
                parsed.GetValue(json) ? null : new RunFormat(parsed.GetValue(utc)),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> SearchAsync(
        ToolContext tool,
        AuditSearch search,
        AuditQuery query,
        AuditSelection selection,
        RunFormat? text,
        CancellationToken cancellationToken)
    {
        if (query.RunId is { } prefix && await search.ListRunsAsync(query, cancellationToken) is { Count: > 1 } several)
        {
            throw new BadInputException(
                $"The run id '{prefix}' is ambiguous: {string.Join(", ", several.Take(MaxNamed))}"
                + $"{(several.Count > MaxNamed ? ", …" : string.Empty)}. Write more of it.");
        }

        var view = text is null ? null : new ChangeView(tool.Terminal.Out, text);
        var (count, runs) = (0L, new HashSet<string>(StringComparer.Ordinal));
        await using (var json = text is null ? new ChangeJson(tool.Terminal) : null)
        {
            await foreach (var change in search.FindAsync(query, selection.Includes, cancellationToken))
            {
                count++;
                runs.Add(change.RunId);
                await (json?.WriteAsync(change) ?? Task.CompletedTask);
                view?.Write(change, withRun: true);
            }
        }

        if (count == 0)
        {
            AuditMiss.Write(tool, search, query, selection.Target);
            return ExitCode.Failed;
        }

        tool.Terminal.WriteNote($"{Printable.Count(count, "change")} in {Printable.Count(runs.Count, "run")}. "
            + $"Searched {Printable.Count(search.Files, "audit trail")} in {search.Locations}.");
        return ExitCode.Done;
    }
}
