using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Postgres;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>
/// The job that refreshes materialized views, the stalest first and each after those that it selects from. A view that fails does not keep
/// the others from being refreshed, and views for which time is too short are left to a follow-up run.
/// </summary>
internal sealed class RefreshMaterializedViewJob(PostgresDatabase database, TimeProvider timeProvider)
    : MaintenanceJob<RefreshMaterializedViewParameters>
{
    protected override async Task<JobResult> RunAsync(
        RefreshMaterializedViewParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var schedule = await ReadScheduleAsync(parameters, context, cancellationToken);
        var run = new RefreshRun(database, parameters, context, schedule.Log, timeProvider);
        var report = run.Results;
        report.Note(schedule.DescribeOrder());
        report.Note(schedule.DescribeStale());
        if (schedule.Log.Problem is { } problem && schedule.Views.Any(IsRefreshable))
        {
            context.Errors.Add("logTable", problem);
            report.Note(problem);
        }

        context.Changes.EnsureWithinLimit(schedule.Views.Count(IsRefreshable));
        foreach (var (schema, reason) in schedule.Problems)
        {
            run.Fail(schema, new PermanentJobException(reason));
        }

        for (var index = 0; index < schedule.Views.Count; index++)
        {
            context.Progress.Report(new JobProgress("Refreshing views", index, schedule.Views.Count));
            if (!await run.RefreshAsync(schedule.Views[index], cancellationToken))
            {
                ViewName[] remaining =
                    [.. schedule.Views.Skip(index).Where(view => !run.SkipBehindFailure(view)).Select(view => view.Name)];
                context.Counters.Set("viewsSkipped", report.Skipped);
                return Continue(remaining, context, report);
            }
        }

        if (parameters.StatisticsQuery is not null && !report.IsNothingDone)
        {
            await StatisticsQuery.ReadAsync(database, parameters, context, report, cancellationToken);
        }

        context.Counters.Set("viewsSkipped", report.Skipped);
        return report.Conclude();
    }

    private static bool IsRefreshable(ScheduledView view) => view is { Id: not 0, Refusal: null };

    /// <summary>Leaves the remaining views to a follow-up run, in their order: it need not know what this one has done.</summary>
    private static JobResult Continue(ViewName[] remaining, JobContext context, RefreshReport report)
    {
        report.Note($"Time ran out with {remaining.Length} views left, from {remaining[0].Shown} on");
        var parameters = JsonObject.Create(context.Parameters) ?? [];
        parameters["view"] = new JsonArray([.. remaining.Select(view => (JsonNode)view.ToString())]);
        if (parameters.ContainsKey("cascade"))
        {
            // The list is complete: what is missing in it was refreshed, or selects from a view that has failed.
            parameters["cascade"] = false;
        }

        return JobResult.Continued(report.Summarize(), JsonElement.Parse(parameters.ToJsonString()));
    }

    private async Task<RefreshSchedule> ReadScheduleAsync(
        RefreshMaterializedViewParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(context, parameters.Session with { ReadOnly = true }, cancellationToken);
        return await RefreshSchedule.ReadAsync(transaction, parameters, context, cancellationToken);
    }
}
