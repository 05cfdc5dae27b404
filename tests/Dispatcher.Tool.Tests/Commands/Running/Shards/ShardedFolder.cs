using System.Diagnostics;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.Running.Shards;

/// <summary>A folder in which the processes of a sharded run write, and what a test does to them.</summary>
internal sealed class ShardedFolder : IDisposable
{
    public const int Items = 40;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>Gets what the items were written by.</summary>
    public IEnumerable<string[]> Written => Enumerable.Range(0, Items)
        .Select(item => System.IO.Path.Combine(Path, $"item-{item}"))
        .Select(static path => File.Exists(path) ? File.ReadAllLines(path) : []);

    public IRunHistory History => LocalRuns.Open(Path);

    public void Hold(int shard) => File.WriteAllText(System.IO.Path.Combine(Path, $"hold-{shard}"), string.Empty);

    public void Release(int shard) => File.Delete(System.IO.Path.Combine(Path, $"hold-{shard}"));

    public Process Start(params string[] args) => DispatchProcess.Start(
        ["run", "folder-job", .. args],
        new Dictionary<string, string>
        {
            // The shortest lease, so that the takeover is soon.
            ["SHARD_FOLDER"] = Path, ["Leases__DurationSeconds"] = "10",
        },
        Path,
        "Dispatcher.ShardTool.dll");

    /// <summary>Waits until a shard is at work.</summary>
    /// <returns>Its process.</returns>
    public async Task<Process> WhenAtWorkAsync(int shard)
    {
        using var limit = new CancellationTokenSource(Limit);
        var path = System.IO.Path.Combine(Path, $"pid-{shard}");
        while (!File.Exists(path))
        {
            await Task.Delay(20, limit.Token);
        }

        return Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(path, limit.Token)));
    }

    public static async Task WhenEndedAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
    }

    /// <summary>Waits for the end of the tool.</summary>
    public static async Task<(int ExitCode, RunRecord? Record, string Error)> EndAsync(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await WhenEndedAsync(process);
        var json = await output;
        return (
            process.ExitCode,
            json.Length == 0 ? null : JsonElement.Parse(json).Deserialize(DispatcherJsonContext.Default.RunRecord),
            await error);
    }

    public void Dispose() => _folder.Dispose();
}
