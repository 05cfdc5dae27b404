using System.CommandLine;
using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Commands.Running.Shards;

/// <summary>The hidden command <c>work</c>: runs one shard for the process that started it.</summary>
internal static class WorkCommand
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "work";

    /// <summary>The line after the payload that passes on a person's interrupt.</summary>
    public const string InterruptLine = "interrupt";

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="verbose">The tool's own option.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool, Option<bool> verbose)
    {
        var command = new Command(Name, "Run one shard for 'run --shards'.") { Hidden = true };
        command.SetAction((parsed, cancellationToken) => RunAsync(tool, parsed.GetValue(verbose), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ToolContext tool, bool verbose, CancellationToken cancellationToken)
    {
        using var input = new StreamReader(tool.Terminal.RawInput, new UTF8Encoding(false), leaveOpen: true);
        var payload = await input.ReadLineAsync(cancellationToken)
            ?? throw new BadInputException($"Standard input contains no payload. '{tool.Name} run JOB --shards N' starts this command.");
        using var person = CancellationTokenSource.CreateLinkedTokenSource(tool.Interrupt.Token);
        await using var services = ToolServices.Build(
            tool,
            verbose ? LogLevel.Information : LogLevel.Warning,
            record: true,
            configure: services => services.AddSingleton(new RunInterrupt(person.Token)));
        var request = services.GetRequiredService<JobRequestReader>().Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload)));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = StopAtEndAsync(input, person, stop);
        var record = await services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, stop.Token);
        await tool.Terminal.RawOutput.WriteAsync(RunRecordJson.Serialize(record), CancellationToken.None);
        await tool.Terminal.RawOutput.FlushAsync(CancellationToken.None);
        return ExitCode.For(record.Status);
    }

    /// <summary>Stops the run when nobody waits for it any more.</summary>
    private static async Task StopAtEndAsync(StreamReader input, CancellationTokenSource person, CancellationTokenSource stop)
    {
        try
        {
            // A read from a pipe blocks its thread.
            var rest = await Task.Run(input.ReadToEnd);
            if (rest.TrimEnd() == InterruptLine)
            {
                await person.CancelAsync();
            }

            await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended.
        }
    }
}
