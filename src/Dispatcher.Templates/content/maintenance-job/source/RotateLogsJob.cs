using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dispatcher;

namespace Acme_Chores;

internal sealed record RotateLogsParameters
{
    [Description("Items that are older than so many days are handled.")]
    [Range(1, 3650)]
    public int OlderThanDays { get; set; } = 30;
}

internal sealed class RotateLogsJob(TimeProvider timeProvider) : MaintenanceJob<RotateLogsParameters>
{
    protected override async Task<JobResult> RunAsync(
        RotateLogsParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var limit = timeProvider.GetUtcNow().AddDays(-parameters.OlderThanDays);

        // Replace the two items with what the job finds, and Task.CompletedTask with the call that changes an item.
        foreach (var item in new[] { "item-1", "item-2" })
        {
            var change = new Change("example:Delete", item) { Reason = $"older than {limit:O}", Counter = "itemsDeleted" };
            await context.Changes.TryApplyAsync(change, stop => Task.CompletedTask, cancellationToken);
        }

        return JobResult.Succeeded($"Looked for items older than {parameters.OlderThanDays} days.");
    }
}
