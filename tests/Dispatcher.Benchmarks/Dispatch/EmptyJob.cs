namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A job that does nothing.</summary>
internal sealed class EmptyJob : IMaintenanceJob
{
    private static readonly Task<JobResult> Done = Task.FromResult(JobResult.Succeeded("Done."));

    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => Done;
}
