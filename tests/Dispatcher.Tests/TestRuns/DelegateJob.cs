namespace Dispatcher.Tests.TestRuns;

/// <summary>Does what the test says.</summary>
internal sealed class DelegateJob(JobBody body) : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => body(context, cancellationToken);
}
