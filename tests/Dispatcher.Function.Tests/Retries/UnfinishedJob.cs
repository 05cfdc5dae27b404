namespace Dispatcher.Function.Tests.Retries;

/// <summary>A job that leaves work for a next run.</summary>
internal sealed class UnfinishedJob : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Continued("Some work is left."));
}
