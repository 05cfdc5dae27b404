using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Running.Shards;

/// <summary>
/// A process of this tool that runs one shard. It gets the payload on standard input, which stays open: the end of standard input, by the
/// supervisor's choice or by its death, asks the process to stop in order.
/// </summary>
/// <param name="tool">The tool.</param>
/// <param name="verbose">Whether the process writes a log.</param>
internal sealed class ShardProcess(ToolContext tool, bool verbose)
{
    /// <summary>Runs a shard.</summary>
    /// <param name="shard">The request of the shard.</param>
    /// <param name="stop">Asks the process to stop in order.</param>
    /// <returns>The end of the process.</returns>
    public async Task<ShardExit> RunAsync(JobRequest shard, CancellationToken stop)
    {
        using var process = Process.Start(ToolProcess.Create(verbose ? [WorkCommand.Name, "--verbose"] : [WorkCommand.Name]))!;
        var errors = RelayErrorsAsync(process.StandardError, $"{shard.Shard}");
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await TryAsync(async () =>
        {
            await process.StandardInput.WriteLineAsync(JobRequestJson.Write(shard));
            await process.StandardInput.FlushAsync(CancellationToken.None);
        });
        await using (stop.Register(() => _ = TryAsync(async () =>
        {
            if (tool.Interrupt.Token.IsCancellationRequested)
            {
                await process.StandardInput.WriteLineAsync(WorkCommand.InterruptLine);
            }

            process.StandardInput.Close();
        })))
        {
            await process.WaitForExitAsync(CancellationToken.None);
        }

        await errors;
        return new ShardExit(process.ExitCode, Read(await output));
    }

    /// <summary>A process that has ended reads nothing.</summary>
    private static async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Its end says the rest.
        }
    }

    private static RunRecord? Read(string output)
    {
        try
        {
            return RunRecordJson.Deserialize(Encoding.UTF8.GetBytes(output.Trim()));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task RelayErrorsAsync(StreamReader errors, string name)
    {
        while (await errors.ReadLineAsync(CancellationToken.None) is { } line)
        {
            // Ctrl+C reaches all processes of the terminal. One of them says it.
            if (line != Interrupt.Notice)
            {
                tool.Terminal.WriteNote($"{name}: {line}");
            }
        }
    }
}
