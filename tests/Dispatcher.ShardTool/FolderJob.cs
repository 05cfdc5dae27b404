namespace Dispatcher.ShardTool;

/// <summary>
/// A job that writes one file per item to the folder <c>SHARD_FOLDER</c>. It writes <c>pid-INDEX</c> with the id of its process first, and
/// then waits as long as there is a file <c>hold-INDEX</c>.
/// </summary>
internal sealed class FolderJob : IMaintenanceJob
{
    public const string Name = "folder-job";
    public const int Items = 40;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var folder = Environment.GetEnvironmentVariable("SHARD_FOLDER")!;
        await WriteAsync(Path.Combine(folder, $"pid-{context.Shard.Index}"), $"{Environment.ProcessId}");
        while (File.Exists(Path.Combine(folder, $"hold-{context.Shard.Index}")))
        {
            await Task.Delay(Poll, cancellationToken);
        }

        foreach (var item in Enumerable.Range(0, Items).Where(item => context.Shard.Owns((ulong)item)))
        {
            await context.Changes.ApplyAsync(
                new Change("folder:Write", $"item-{item}") { Counter = "written" },
                _ => File.AppendAllTextAsync(Path.Combine(folder, $"item-{item}"), $"{context.Shard}\n", CancellationToken.None),
                cancellationToken);
        }

        return JobResult.Succeeded($"Wrote {context.Shard}.");
    }

    /// <summary>Writes a file that is complete once it exists.</summary>
    private static async Task WriteAsync(string path, string text)
    {
        await File.WriteAllTextAsync($"{path}.new", text);
        File.Move($"{path}.new", path, overwrite: true);
    }
}
