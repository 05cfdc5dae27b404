namespace Dispatcher.IntegrationTests.SqsBatches;

/// <summary>Remembers the ids that it ran for, and fails for those that begin with <c>bad</c>.</summary>
internal sealed class EchoJob(EchoLog log) : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        log.Ids.Enqueue(context.Request.Id!);
        return Task.FromResult(
            context.Request.Id!.StartsWith("bad", StringComparison.Ordinal) ? JobResult.Failed("It broke.") : JobResult.Succeeded("Done."));
    }
}
