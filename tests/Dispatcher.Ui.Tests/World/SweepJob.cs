namespace Dispatcher.Ui.Tests.World;

/// <summary>A job that removes everything from a shelf.</summary>
internal sealed class SweepJob(Shelf shelf) : IMaintenanceJob
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var items = shelf.Items;
        foreach (var (item, version) in items)
        {
            var change = new Change(item.EndsWith(".mp4", StringComparison.Ordinal) ? "s3:DeleteObject" : "dynamodb:UpdateItem", item)
            {
                Reason = "expired two days ago", Evidence = $"version={version}", Bytes = 4_711_000,
            };
            await context.Changes.TryApplyAsync(change, token => shelf.RemoveAsync(item, token), cancellationToken);
            context.Progress.Report(new JobProgress("Sweeping", 1, items.Count));
        }

        return JobResult.Succeeded($"Swept {items.Count} items.");
    }
}
