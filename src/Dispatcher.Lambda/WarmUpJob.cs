namespace Dispatcher.Lambda;

/// <summary>A job that proposes a change and makes none.</summary>
internal sealed class WarmUpJob : IMaintenanceJob
{
    public const string Name = "warm-up";

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var change = new Change("warm-up:Nothing", "warm-up://nothing");
        await context.Changes.TryApplyAsync(change, static _ => Task.CompletedTask, cancellationToken);
        return JobResult.Succeeded("Nothing was done.");
    }
}
