namespace Dispatcher.EventBridge.Tests;

/// <summary>Takes the parameters of the job that the channel backfill starts, and says what arrived.</summary>
internal sealed class StartTaskJob : MaintenanceJob<StartTaskParameters>
{
    protected override Task<JobResult> RunAsync(StartTaskParameters parameters, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Succeeded(
            $"{parameters.Task}|{parameters.Count}|{parameters.Details}|{context.Request.Id}|{context.Request.ScheduledTime:O}|{context.DryRun}"));
}
