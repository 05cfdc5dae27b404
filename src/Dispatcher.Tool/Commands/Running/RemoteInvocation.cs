using System.CommandLine;
using System.Text.Json;
using Amazon.Lambda;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Commands.Remote;
using Dispatcher.Tool.Commands.Running.Confirmation;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Remote;
using Dispatcher.Tool.Remote.Logs;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The options with which <c>invoke</c> calls a deployed function, and that call.</summary>
/// <param name="tool">The tool.</param>
internal sealed class RemoteInvocation(ToolContext tool)
{
    private readonly Option<string?> _function = new("--function")
    {
        Description = "Invoke this deployed function: its name, or its ARN.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _stack = new("--stack")
    {
        Description = "Invoke the deployed function of this CloudFormation stack.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _async = new("--async")
    {
        Description = "Queue the invocation of a deployed function and do not wait.",
    };

    private readonly Option<bool> _yes = YesOption.Create();

    /// <summary>Adds the options to the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="timeout">The option that only a local invocation has.</param>
    public void AddTo(Command command, Option timeout)
    {
        foreach (var option in (Option[])[_function, _stack, _async, _yes])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            var remote = new[] { result.GetResult(_function), result.GetResult(_stack) }.Count(static given => given is not null);
            if (remote == 2)
            {
                result.AddError("Write '--function' or '--stack', not both.");
            }
            else if (remote == 0 && result.GetValue(_async))
            {
                result.AddError("'--async' is for a deployed function. Name it with '--function' or '--stack'.");
            }
            else if (remote == 1 && result.GetResult(timeout) is { Implicit: false })
            {
                result.AddError("'--timeout' is for a local invocation: a deployed function has its own timeout.");
            }
        });
    }

    /// <summary>Determines whether a deployed function is invoked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>Whether one is named.</returns>
    public bool IsWanted(ParseResult parsed) => parsed.GetValue(_function) is not null || parsed.GetValue(_stack) is not null;

    /// <summary>Determines whether the person has confirmed on the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>Whether not to ask.</returns>
    public bool IsConfirmed(ParseResult parsed) => parsed.GetValue(_yes);

    /// <summary>Invokes the function.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="content">The payload as it was given.</param>
    /// <param name="verbose">Whether to show the whole end of the log.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The exit code, as for a local invocation.</returns>
    public async Task<int> InvokeAsync(
        ParseResult parsed, JsonElement payload, byte[] content, bool verbose, CancellationToken cancellationToken)
    {
        await using var services = RemoteServices.Build(tool);
        var stack = parsed.GetValue(_stack) is { } given ? await services.ReadStackAsync(given, cancellationToken) : null;
        var name = parsed.GetValue(_function) ?? stack!.GetInvocationTarget();
        var function = new RemoteFunction(services.GetRequiredService<IAmazonLambda>(), name);
        if (!await MayAsync(parsed, payload, name, stack, services, cancellationToken))
        {
            tool.Terminal.WriteNote("Nothing was invoked.");
            return ExitCode.BadInput;
        }

        if (parsed.GetValue(_async))
        {
            await function.QueueAsync(content, cancellationToken);
            tool.Terminal.WriteNote($"Queued. {name} runs it soon, and up to twice again if it fails; see '{tool.Name} history'.");
            return ExitCode.Done;
        }

        tool.Terminal.WriteNote($"Waiting for {name}, for as long as its timeout. Ctrl+C stops waiting, not the run.");
        var answer = await function.InvokeAsync(content, cancellationToken);
        new RunLogView(tool.Terminal.Error, utc: false, all: verbose).Write(ReadTail(answer.LogTail, services));
        return Report(payload, answer);
    }

    private int Report(JsonElement payload, RemoteAnswer answer)
    {
        var result = answer.Payload.Length == 0 ? JsonElement.Parse("null") : JsonElement.Parse(answer.Payload);
        JsonOutput.Write(tool.Terminal, result);
        if (answer.Error is null)
        {
            return InvokeCommand.ExitCodeOf(tool, payload, result);
        }

        var message = Find(result, "errorMessage") ?? "it has returned an error without a message.";
        tool.Terminal.WriteError($"The function failed: {PrintableText.Truncate(message, 1000)}");
        return Find(result, "errorType") is { } type && type.EndsWith(nameof(JobRequestException), StringComparison.Ordinal)
            ? ExitCode.BadInput
            : ExitCode.Failed;
    }

    /// <summary>The end of a log may begin within a line. Its lines of JSON have their times in them.</summary>
    private static IEnumerable<RunLogLine> ReadTail(string tail, IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return tail.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => RunLogLine.Read(RunLogLine.TimeOf(line) ?? now, line));
    }

    private async Task<bool> MayAsync(
        ParseResult parsed,
        JsonElement payload,
        string name,
        RemoteStack? stack,
        IServiceProvider services,
        CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_yes) || !Question.CanBeAsked(tool.Terminal) || InvocationPayload.IsHarmless(payload))
        {
            return true;
        }

        await new RunConfirmation(tool, services).WritePlaceAsync(cancellationToken);
        if (stack is not null)
        {
            await PauseNotice.WriteAsync(tool, services, stack, [InvocationPayload.JobOf(payload)], cancellationToken);
        }

        return await Question.AskAsync(
            tool.Terminal, $"Run {InvocationPayload.Describe(payload)} in function {name}?", cancellationToken);
    }

    private static string? Find(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
