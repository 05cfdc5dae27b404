using System.ComponentModel.DataAnnotations;
using Dispatcher;

namespace TempFileCleanup;

internal sealed record TempFileCleanupParameters
{
    [FromConfiguration("TEMP_FOLDER")]
    public required string Folder { get; init; }

    [Range(1, 3650)]
    public int OlderThanDays { get; set; } = 7;
}

internal sealed class TempFileCleanupJob(TimeProvider timeProvider) : MaintenanceJob<TempFileCleanupParameters>
{
    protected override async Task<JobResult> RunAsync(
        TempFileCleanupParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var limit = timeProvider.GetUtcNow().AddDays(-parameters.OlderThanDays);
        foreach (var file in new DirectoryInfo(parameters.Folder).EnumerateFiles("*.tmp"))
        {
            context.Counters.Add("filesSeen");
            if (file.LastWriteTimeUtc >= limit.UtcDateTime)
            {
                continue;
            }

            var change = new Change("file:Delete", file.FullName)
            {
                Reason = $"last written {file.LastWriteTimeUtc:O}", Bytes = file.Length, Counter = "filesDeleted",
            };
            await context.Changes.TryApplyAsync(change, stop => Task.Run(file.Delete, stop), cancellationToken);
        }

        return JobResult.Succeeded($"Looked through {parameters.Folder}.");
    }
}
