using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Dispatcher.Deployment;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The command <c>invoke</c>: passes a payload to the handler that AWS Lambda calls.</summary>
internal static class InvokeCommand
{
    private const string Examples = """
        Examples:
          printf '{"job":"{job}","dryRun":true}' | {tool} invoke
          {tool} invoke --event event.json --timeout 900
          printf '{"job":"$list"}' | {tool} invoke | jq -r '.[].name'
          {tool} invoke --event event.json --stack maintenance ## the deployed function

        Standard output has the response of the function. Standard error has what
        Lambda would write to CloudWatch, including metrics.

        --function and --stack invoke a deployed function instead and show the end of
        its log. At a terminal a real run asks first; a payload from a pipe does not.
        --async queues the payload as EventBridge does: Lambda repeats it if it fails.

        Exit codes: 0 succeeded, planned, skipped or continued; 1 failed; 2 invalid
        payload, nothing has run; 3 completed, but some items failed; 130 cancelled
        by Ctrl+C. For a batch of SQS messages: 0 no message failed; 1 all failed; 3
        some failed. A message that was not started counts as failed: the queue would
        deliver it again.

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("invoke", "Pass a payload to the Lambda function: in this process, or deployed.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="verbose">The tool's own option.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool, Option<bool> verbose)
    {
        var source = new Option<string?>(
            "--event") { Description = "The file with the payload, or '-' for standard input (default).", HelpName = "FILE|-" };
        var timeout = new Option<int>("--timeout")
        {
            Description = "Set a deadline of 1 to 900 seconds, as in Lambda (default: none).",
            HelpName = "SECONDS",
        };
        timeout.Validators.Add(result =>
        {
            // The parser rejects what is not a number.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(
                text, CultureInfo.InvariantCulture, out var seconds) && seconds is < 1 or > 900)
            {
                result.AddError("'--timeout' must be from 1 to 900 seconds, as in Lambda.");
            }
        });
        var command =
            new DocumentedCommand(tool, Summary, Examples) { source, timeout };
        var remote = new RemoteInvocation(tool);
        remote.AddTo(command, timeout);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var content = await ReadAsync(tool, parsed.GetValue(source), cancellationToken);
            var payload = JobRequestReader.Parse(content);
            if (remote.IsWanted(parsed))
            {
                return await remote.InvokeAsync(parsed, payload, content, parsed.GetValue(verbose), cancellationToken);
            }

            if (!await LocalInvocation.MayAsync(tool, payload, remote.IsConfirmed(parsed), cancellationToken))
            {
                tool.Terminal.WriteNote("Nothing was invoked.");
                return ExitCode.BadInput;
            }

            return await InvokeAsync(
                tool, payload, TimeSpan.FromSeconds(parsed.GetValue(timeout)), parsed.GetValue(verbose), cancellationToken);
        });
        return command;
    }

    private static async Task<int> InvokeAsync(
        ToolContext tool, JsonElement payload, TimeSpan timeout, bool verbose, CancellationToken cancellationToken)
    {
        await using var services = Build(tool, verbose, cancellationToken);
        try
        {
            var entryPoint = services.GetRequiredService<LambdaEntryPoint>();
            var answer = await entryPoint.HandleAsync(payload, new LocalLambdaContext(tool, timeout, TimeProvider.System));
            JsonOutput.Write(tool.Terminal, answer);
            return ExitCodeOf(tool, payload, answer);
        }
        catch (JobFailedException exception)
        {
            JsonOutput.Write(tool.Terminal, JsonSerializer.SerializeToElement(exception.Record, DispatcherJsonContext.Default.RunRecord));
            var end = exception.Record.Status == JobStatus.Cancelled ? "was cancelled" : "failed";
            tool.Terminal.WriteError($"Job '{exception.Record.Job}' {end}: {exception.Record.Summary}");
            return ExitCode.For(exception.Record.Status);
        }
    }

    private static int Explain(ToolContext tool, BatchOutcome batch)
    {
        if (batch.Returned > 0)
        {
            tool.Terminal.WriteError(
                $"{Printable.Number(batch.Returned)} of {Printable.Count(batch.Messages, "message")} would go back to the queue. "
                + "The log above has the reason for each.");
        }

        return batch.ExitCode;
    }

    /// <summary>Puts the function together as in Lambda; its runs and changes are kept as those of <c>run</c>.</summary>
    private static ServiceProvider Build(ToolContext tool, bool verbose, CancellationToken cancellationToken)
    {
        try
        {
            return FunctionServices.Build(tool.Jobs, services =>
            {
                tool.ConfigureServices?.Invoke(services);
                var configuration = services.UseConfiguration();
                services.LimitWaits(configuration);
                services.AddSingleton(tool.Interrupt);
                services.AddTerminalLogging(tool.Terminal, verbose ? LogLevel.Information : LogLevel.Warning);
                var standardError = new LambdaOutput(tool.Terminal.RawError);
                services.AddSingleton(standardError);

                // The handler has no token parameter, as in Lambda: Ctrl+C cancels through the pipeline.
                services.AddSingleton(new InterruptMiddleware(cancellationToken));
                services.AddMaintenanceDispatcher().UseRunMarks().UseMiddleware<InterruptMiddleware>().AddRunLines()
                    .AddRecording(configuration, standardError, auditLines: true);
            });
        }
        catch (InvalidOperationException exception)
        {
            // Only the configuration has been read so far.
            throw new BadInputException(exception.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task<byte[]> ReadAsync(ToolContext tool, string? source, CancellationToken cancellationToken)
    {
        if (source is not (null or "-"))
        {
            return InputFile.Read(source, "event file");
        }

        if (source is null && tool.Terminal.IsInputTyped)
        {
            throw new BadInputException(
                $"There is no payload: standard input is a terminal. Name a file ({tool.Name} invoke --event FILE), or pipe a payload: "
                + $"printf '{{\"job\":\"NAME\",\"dryRun\":true}}' | {tool.Name} invoke");
        }

        // A read from a terminal or a pipe cannot be cancelled, only left behind.
        return await Task.Run(() => InputFile.ReadLimited(tool.Terminal.RawInput, "The payload"), CancellationToken.None).WaitAsync(
            cancellationToken);
    }

    /// <summary>
    /// Gets the exit code for an answer, and explains that for a batch. Answers to <c>$list</c> and <c>$describe</c> have no status.
    /// Only the status is read of a record: a deployed function may be of another version.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="answer">The answer of the function.</param>
    /// <returns>The exit code.</returns>
    internal static int ExitCodeOf(ToolContext tool, JsonElement payload, JsonElement answer) =>
        BatchOutcome.For(payload, answer) is { } batch ? Explain(tool, batch)
        : answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("durationMs", out _) ? ExitCode.Done
        : Enum.TryParse<JobStatus>(answer.GetProperty("status").GetString(), ignoreCase: true, out var status) ? ExitCode.For(status)
        : ExitCode.Failed;
}
