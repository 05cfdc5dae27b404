namespace Dispatcher.IntegrationTests.History;

/// <summary>A job that does what a test specifies.</summary>
internal sealed class ScriptedJob(Func<JobContext, CancellationToken, Task<JobResult>> script) : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => script(context, cancellationToken);
}
