namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>A consumer's job without parameters, which fails.</summary>
public sealed class PingJob : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
        throw new PermanentJobException("Nobody answers. Start the server.");
}
