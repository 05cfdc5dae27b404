using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Failures;
using Dispatcher.Postgres;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>
/// Refreshes materialized views, the stalest first and each after those that it selects from. One that fails does not keep the others from
/// being refreshed, and what the time does not suffice for is left to a follow-up run.
/// </summary>
internal sealed class RefreshMaterializedViewJob(PostgresDatabase database, FailureClassifier failures, TimeProvider timeProvider)
    : MaintenanceJob<RefreshMaterializedViewParameters>
{
    protected override async Task<JobResult> RunAsync(
        RefreshMaterializedViewParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var schedule = await ReadScheduleAsync(parameters, context, cancellationToken);
        var report = new RefreshReport();
        report.Note(schedule.DescribeOrder());
        report.Note(schedule.DescribeStale());
        if (schedule.Log.Problem is { } problem)
        {
            context.Errors.Add("logTable", problem);
            report.Note(problem);
        }

        var refresher = new ViewRefresher(database, failures, timeProvider, parameters, context, schedule.Log, report);
        for (var index = 0; index < schedule.Views.Count; index++)
        {
            context.Progress.Report(new JobProgress("Refreshing views", index, schedule.Views.Count));
            if (!await refresher.RefreshAsync(schedule.Views[index], cancellationToken))
            {
                context.Counters.Set("viewsSkipped", report.Skipped);
                return Continue([.. schedule.Views.Skip(index).Select(view => view.Name)], context, report);
            }
        }

        if (parameters.StatisticsQuery is not null && !report.IsNothingDone)
        {
            await new StatisticsQuery(database, failures).ReadAsync(parameters, context, report, cancellationToken);
        }

        context.Counters.Set("viewsSkipped", report.Skipped);
        return report.Conclude();
    }

    /// <summary>Leaves the remaining views to a follow-up run, in their order: it need not know what this one has done.</summary>
    private static JobResult Continue(IReadOnlyList<ViewName> remaining, JobContext context, RefreshReport report)
    {
        report.Note($"Time ran out with {remaining.Count} views left, from {remaining[0].Shown} on");
        var parameters = JsonObject.Create(context.Parameters) ?? [];
        parameters["view"] = new JsonArray([.. remaining.Select(view => (JsonNode)view.ToString())]);
        return JobResult.Continued(report.Summarize(), JsonElement.Parse(parameters.ToJsonString()));
    }

    private async Task<RefreshSchedule> ReadScheduleAsync(
        RefreshMaterializedViewParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(
            context, ViewRefresher.Session(parameters) with { ReadOnly = true }, cancellationToken);
        return await RefreshSchedule.ReadAsync(transaction, parameters, failures, cancellationToken);
    }
}
