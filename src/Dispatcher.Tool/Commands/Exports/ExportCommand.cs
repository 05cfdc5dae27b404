using System.CommandLine;
using Amazon.S3;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Tool.Exports;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Exports;

/// <summary>The command <c>export</c>: writes runs and changes as tables for Athena, DuckDB and the like.</summary>
internal static class ExportCommand
{
    private const string DefaultPeriod = "1d";

    private const string Examples = """
        Examples:
          {tool} export --to exports --since 30d
          RUNS_TABLE=maintenance-runs AUDIT_BUCKET=trails {tool} export --to s3://lake/maintenance
          {tool} export --to s3://lake/maintenance --ddl ## the tables for Athena

        Writes JSON lines, one file per table, day and job, in UTC:

          runs/dt=2026-11-27/job={job}/runs.jsonl
          changes/dt=2026-11-27/job={job}/changes.jsonl

        Whole days are written, by default yesterday and today. A file is replaced as
        a whole, so that the export of a day can be repeated: run it once a day. The
        runs are those of 'history', the changes those of 'audit'. A day of which
        records have expired is left out, so that its file stays as it is.

        Exit codes: 0 success; 1 the history cannot be read, or the target cannot be
        written; 2 invalid input.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } =
        new("export", "Write runs and changes as JSON lines for Athena or DuckDB, by day and job.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var to = new Option<string>("--to") { Description = "A folder, or s3://NAME/PREFIX.", Required = true, HelpName = "TARGET" };
        var job = new Option<string?>("--job") { Description = "Export only the runs of this job.", HelpName = "JOB" };
        job.CompletionSources.Add(_ => tool.Descriptors.Select(static job => new System.CommandLine.Completions.CompletionItem(job.Name)));
        var since = SinceOption.Create(DefaultPeriod);
        var ddl = new Option<bool>("--ddl") { Description = "Write the statements that create the tables in Athena, and export nothing." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            to, job, since, ddl,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = ExportTarget.Read(parsed.GetRequiredValue(to));
            await using var services = ToolServices.Build(tool);
            if (parsed.GetValue(ddl))
            {
                WriteStatements(tool, target, services.GetRequiredService<JobRegistry>());
                return ExitCode.Done;
            }

            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var first = FirstDay(tool, services, SinceOption.Read(parsed.GetValue(since), now)!.Value, now);
            return await ExportAsync(tool, services, target, first, parsed.GetValue(job), cancellationToken);
        });
        return command;
    }

    private static void WriteStatements(ToolContext tool, ExportTarget target, JobRegistry registry)
    {
        string[] jobs = [.. registry.Jobs.Select(static job => job.Name)];
        string[] statements =
        [
            ExportTables.Runs.CreateStatement(target.Literal, jobs), ExportTables.Changes.CreateStatement(target.Literal, jobs),
        ];
        tool.Terminal.RawOutput.Write(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', statements)));
        tool.Terminal.RawOutput.Flush();
    }

    /// <summary>Finds the first day of which no record has expired: the export of a day replaces the file of an earlier one.</summary>
    private static DateOnly FirstDay(ToolContext tool, IServiceProvider services, DateTimeOffset since, DateTimeOffset now)
    {
        var first = DateOnly.FromDateTime(since.UtcDateTime);
        if (RunTableSettings.Read(services.GetRequiredService<IConfiguration>()) is not { } table)
        {
            return first;
        }

        var kept = DateOnly.FromDateTime(now.UtcDateTime.AddDays(-table.RetentionDays)).AddDays(1);
        if (first >= kept)
        {
            return first;
        }

        tool.Terminal.WriteNote($"Runs are kept for {Printable.Count(table.RetentionDays, "day")} "
            + $"({RunTableSettings.RetentionKey}): days before {kept:yyyy-MM-dd} are left as they are.");
        return kept;
    }

    private static async Task<int> ExportAsync(
        ToolContext tool, IServiceProvider services, ExportTarget target, DateOnly first, string? job, CancellationToken cancellationToken)
    {
        var history = services.GetRequiredService<IRunHistory>();
        using var folder = new ExportFolder();
        var export = new HistoryExport(history, new AuditSearch(services.GetServices<IAuditTrail>()), folder);
        await export.CollectAsync(first, job, cancellationToken);
        tool.Terminal.WriteOmissions(history);
        var registry = services.GetRequiredService<JobRegistry>();
        if (job is not null && folder.Keys.Count == 0 && !registry.TryFind(job, out _))
        {
            throw new BadInputException(registry.DescribeMissing(job));
        }

        foreach (var key in folder.Keys)
        {
            await target.PublishAsync(key, folder.PathOf(key), services.GetRequiredService<IAmazonS3>, cancellationToken);
        }

        tool.Terminal.Out.WriteLine(Printable.Text(
            $"Wrote {Printable.Count(export.Runs, "run")} and {Printable.Count(export.Changes, "change")} since {first:yyyy-MM-dd} "
            + $"to {target.Location}: {Printable.Count(folder.Keys.Count, "file")}."));
        return ExitCode.Done;
    }
}
