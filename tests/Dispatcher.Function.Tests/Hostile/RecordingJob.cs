using System.Collections.Concurrent;

namespace Dispatcher.Function.Tests.Hostile;

/// <summary>Stands for every job: notes that it ran, and fails every third time.</summary>
internal sealed class RecordingJob(ConcurrentQueue<string> ran) : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        ran.Enqueue(context.Job);
        return Task.FromResult(
            (context.Request.Id?.Length ?? 0) % 3 == 1 ? JobResult.Failed($"Failed for {context.Slot}.") : JobResult.Succeeded("Done."));
    }
}
