using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The command <c>history</c>: lists past runs, newest first.</summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 20;
    private const int MaxUnfinished = 5;

    private const string Examples = """
        Examples:
          {tool} history ## latest runs of all jobs
          {tool} history {job} --since 7d ## runs of one job in 7 days
          {tool} history --status failed --limit 3 ## latest failures
          RUNS_TABLE=maintenance-runs {tool} history ## runs of the function
          {tool} history --since 30d --json | jq -r '.[].summary'

        Runs of 'run' and 'invoke' are kept in .local/runs.db of the repository or in
        the file named by RUNS_FILE, runs of the function in the DynamoDB table named
        by RUNS_TABLE. If RUNS_TABLE is set, this command reads the table.

        A slot that was divided into shards has a run with the totals, and a run for
        each shard: add up one or the other.

        For a dry run the table shows the planned changes. 'show RUN' shows the whole
        record of a run; an unambiguous prefix of its id is enough.

        --json writes an array, newest first, unlimited unless --limit is set. Each
        element has the members of 'run --json', plus itemErrors, byAction and, for
        Lambda runs, memoryMb.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("history", "List past runs, newest first.", "JOB");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var job = JobArgument.Create(tool);
        job.Arity = ArgumentArity.ZeroOrOne;
        job.Description = "Show only runs of this job.";
        var since = SinceOption.Create();
        var status = StatusOption.Create();
        var limit =
            new Option<int?>("--limit") { Description = $"Limit the number of runs, newest first ({DefaultLimit}).", HelpName = "N" };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var number) && number < 1)
            {
                result.AddError("'--limit' must be 1 or more.");
            }
        });
        var utc = new Option<bool>("--utc") { Description = "Show times in UTC instead of local time." };
        var json = new Option<bool>("--json") { Description = "Write the runs as a JSON array." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            job, since, status, limit, utc, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = new RunQuery
            {
                Job = parsed.GetValue(job),
                Since = SinceOption.Read(parsed.GetValue(since), DateTimeOffset.Now),
                Status = StatusOption.Read(parsed.GetValue(status)),
            };
            await using var services = ToolServices.Build(tool);
            return parsed.GetValue(json)
                ? await WriteJsonAsync(tool, services, query, parsed.GetValue(limit), cancellationToken)
                : await WriteTableAsync(
                    tool, services, query, parsed.GetValue(limit) ?? DefaultLimit, new RunFormat(
                        parsed.GetValue(utc)), cancellationToken);
        });
        return command;
    }

    private static async Task<int> WriteTableAsync(
        ToolContext tool, ServiceProvider services, RunQuery query, int limit, RunFormat text, CancellationToken cancellationToken)
    {
        var history = services.GetRequiredService<IRunHistory>();

        // One more than is shown tells whether there are more.
        var runs = new List<RunRecord>();
        await foreach (var run in history.ListAsync(query, cancellationToken))
        {
            runs.Add(run);
            if (runs.Count > limit)
            {
                break;
            }
        }

        tool.Terminal.WriteOmissions(history);
        CheckJob(tool, services, query.Job, runs.Count > 0);
        await WriteUnfinishedAsync(tool, services, query, runs.Count > limit ? runs[^1].StartedAt : query.Since, text, cancellationToken);
        if (runs.Count == 0)
        {
            WriteEmpty(tool, history, query);
            return ExitCode.Done;
        }

        new RunTableView(text).Write(tool.Terminal.Out, [.. runs.Take(limit)], tool.Terminal.IsOutputPiped);
        tool.Terminal.Out.WriteLine(Printable.Text(
            (runs.Count > limit ? $"The newest {Printable.Count(limit, "run")}; --limit shows more. "
                : $"{Printable.Count(runs.Count, "run")}. ")
            + $"From {history.Location}."));
        tool.Terminal.Out.WriteLine("Details:");
        CopyLine.Write(tool.Terminal.Out, $"{tool.Name} show {Printable.Shorten(runs[0].RunId, RunTableView.ShortId + 1).TrimEnd('…')}");
        return ExitCode.Done;
    }

    /// <summary>Names the runs without a record that would be among those that are shown.</summary>
    private static async Task WriteUnfinishedAsync(
        ToolContext tool,
        IServiceProvider services,
        RunQuery query,
        DateTimeOffset? since,
        RunFormat text,
        CancellationToken cancellationToken)
    {
        if (query.Status is not null)
        {
            return;
        }

        var location = services.GetRequiredService<IRunHistory>().Location;
        var unfinished = await UnfinishedRuns.Of(services).ListAsync(query.Job, cancellationToken);
        foreach (var run in unfinished.Where(run => since is null || run.StartedAt >= since).Take(MaxUnfinished))
        {
            tool.Terminal.WriteNote(
                $"{UnfinishedRunText.Describe(run, location, text)} {UnfinishedRunText.Advise(run, tool.Name)}");
        }
    }

    private static async Task<int> WriteJsonAsync(
        ToolContext tool, ServiceProvider services, RunQuery query, int? limit, CancellationToken cancellationToken)
    {
        var history = services.GetRequiredService<IRunHistory>();
        var count = 0;
        await using (var writer = new Utf8JsonWriter(tool.Terminal.RawOutput, JsonOutput.Options(tool.Terminal)))
        {
            writer.WriteStartArray();
            await foreach (var run in history.ListAsync(query, cancellationToken))
            {
                RunRecordJson.Write(writer, run);
                await writer.FlushAsync(cancellationToken);
                if (++count == limit)
                {
                    break;
                }
            }

            writer.WriteEndArray();
        }

        tool.Terminal.RawOutput.WriteByte((byte)'\n');
        await tool.Terminal.RawOutput.FlushAsync(cancellationToken);
        tool.Terminal.WriteOmissions(history);
        CheckJob(tool, services, query.Job, count > 0);
        return ExitCode.Done;
    }

    /// <summary>A job that is no longer registered may have runs; one without runs was probably misspelt.</summary>
    private static void CheckJob(ToolContext tool, ServiceProvider services, string? job, bool hasRuns)
    {
        var registry = services.GetRequiredService<JobRegistry>();
        if (job is null || registry.TryFind(job, out _))
        {
            return;
        }

        if (!hasRuns)
        {
            throw new BadInputException($"{registry.DescribeMissing(job)} The history has no runs of that name either.");
        }

        tool.Terminal.WriteNote($"{registry.DescribeMissing(job)} These are its runs from earlier.");
    }

    private static void WriteEmpty(ToolContext tool, IRunHistory history, RunQuery query)
    {
        tool.Terminal.Out.WriteLine(Printable.Text((query == new RunQuery(), history.Omissions.Count) switch
        {
            (true, 0) => $"No runs in {history.Location} yet.",
            (true, _) => $"No run was found in the readable part of {history.Location}.",
            _ => $"No run in {history.Location} matches the filters.",
        }));
        tool.Terminal.Out.WriteLine(query == new RunQuery()
            ? "Start one that changes nothing:"
            : "Omit --status or --since, or list the runs of all jobs:");
        CopyLine.Write(
            tool.Terminal.Out, query == new RunQuery() ? $"{tool.Name} run {query.Job ?? "JOB"} --dry-run" : $"{tool.Name} history");
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("RUNS_TABLE")))
        {
            tool.Terminal.Out.WriteLine("The function's runs are in its DynamoDB table: set RUNS_TABLE to the table's name.");
        }
    }
}
