namespace Dispatcher.IntegrationTests.Messages.Continuations;

/// <summary>Leaves work in each run, and changes nothing.</summary>
internal sealed class EndlessJob : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Continued("Half done."));
}
