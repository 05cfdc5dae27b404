using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The command <c>dispatch history</c>: lists past runs, newest first.</summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 20;

    private const string Examples = """
        Examples:
          dispatch history                               latest runs of all jobs
          dispatch history daily-uptime --since 7d       runs of one job in 7 days
          dispatch history --status failed --limit 3     latest failures
          RUNS_TABLE=maintenance-runs dispatch history   runs of the function
          dispatch history --since 30d --json | jq -r '.[].summary'

        Runs of 'dispatch run' and 'dispatch invoke' are kept in .local/runs.jsonl of
        the repository, runs of the function in the DynamoDB table named by
        RUNS_TABLE. If RUNS_TABLE is set, this command reads the table.

        For a dry run the table shows the planned changes. 'dispatch show RUN' shows
        the whole record of a run; an unambiguous prefix of its id is enough.

        --json writes an array, newest first, unlimited unless --limit is set. Each
        element has the members of 'dispatch run --json', plus itemErrors, byAction
        and, for Lambda runs, memoryMb.

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
    {
        var job = JobArgument.Create();
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
        var command = new DocumentedCommand("history", "List past runs, newest first.", Examples) { job, since, status, limit, utc, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = new RunQuery
            {
                Job = parsed.GetValue(job),
                Since = SinceOption.Read(parsed.GetValue(since), DateTimeOffset.Now),
                Status = StatusOption.Read(parsed.GetValue(status)),
            };
            await using var services = CliServices.Build(terminal);
            return parsed.GetValue(json)
                ? await WriteJsonAsync(terminal, services, query, parsed.GetValue(limit), cancellationToken)
                : await WriteTableAsync(
                    terminal, services, query, parsed.GetValue(limit) ?? DefaultLimit, new RunFormat(
                        parsed.GetValue(utc)), cancellationToken);
        });
        return command;
    }

    private static async Task<int> WriteTableAsync(
        CliTerminal terminal, ServiceProvider services, RunQuery query, int limit, RunFormat text, CancellationToken cancellationToken)
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

        terminal.WriteOmissions(history);
        CheckJob(terminal, services, query.Job, runs.Count > 0);
        if (runs.Count == 0)
        {
            WriteEmpty(terminal, history, query);
            return ExitCode.Done;
        }

        new RunTableView(text).Write(terminal.Out, [.. runs.Take(limit)]);
        terminal.Out.WriteLine(Printable.Text(
            (runs.Count > limit ? $"The newest {Printable.Count(limit, "run")}; --limit shows more. "
                : $"{Printable.Count(runs.Count, "run")}. ")
            + $"From {history.Location}."));
        terminal.Out.WriteLine($"Details: dispatch show {RunFormat.Shorten(runs[0].RunId, RunTableView.ShortId + 1).TrimEnd('…')}");
        return ExitCode.Done;
    }

    private static async Task<int> WriteJsonAsync(
        CliTerminal terminal, ServiceProvider services, RunQuery query, int? limit, CancellationToken cancellationToken)
    {
        var history = services.GetRequiredService<IRunHistory>();
        var count = 0;
        await using (var writer = new Utf8JsonWriter(terminal.RawOutput, JsonOutput.Options(terminal)))
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

        terminal.RawOutput.WriteByte((byte)'\n');
        await terminal.RawOutput.FlushAsync(cancellationToken);
        terminal.WriteOmissions(history);
        CheckJob(terminal, services, query.Job, count > 0);
        return ExitCode.Done;
    }

    /// <summary>A job that is no longer registered may have runs; one without runs was probably misspelt.</summary>
    private static void CheckJob(CliTerminal terminal, ServiceProvider services, string? job, bool hasRuns)
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

        terminal.WriteNote($"{registry.DescribeMissing(job)} These are its runs from earlier.");
    }

    private static void WriteEmpty(CliTerminal terminal, IRunHistory history, RunQuery query)
    {
        terminal.Out.WriteLine(Printable.Text((query == new RunQuery(), history.Omissions.Count) switch
        {
            (true, 0) => $"No runs in {history.Location} yet.",
            (true, _) => $"No run was found in the readable part of {history.Location}.",
            _ => $"No run in {history.Location} matches the filters.",
        }));
        terminal.Out.WriteLine(query == new RunQuery()
            ? $"Start one that changes nothing: dispatch run {query.Job ?? "JOB"} --dry-run"
            : "Omit --status or --since, or list the runs of all jobs: dispatch history");
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("RUNS_TABLE")))
        {
            terminal.Out.WriteLine("The function's runs are in its DynamoDB table: set RUNS_TABLE to the table's name.");
        }
    }
}
