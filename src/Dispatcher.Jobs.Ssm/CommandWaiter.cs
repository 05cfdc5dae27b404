using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.Ssm;

/// <summary>The wait until a command has ended on every instance, which reports how it ended on each.</summary>
internal sealed class CommandWaiter(SsmClient client, string commandId, TimeProvider timeProvider, JobContext context)
{
    // Systems Manager is eventually consistent: a command that has just been sent may not be known yet.
    private const int LooksUntilMissing = 6;

    /// <summary>Waits until the command has ended or the deadline has come.</summary>
    /// <returns>What became of the command; at the deadline, that it continues.</returns>
    public Task<JobResult> WaitAsync(CancellationToken cancellationToken) =>
        new OutcomePolling(timeProvider, context).WaitAsync(
            LookAsync, () => $"Command {commandId} is still running at the deadline; it continues on the instances.", cancellationToken);

    private async Task<JobResult?> LookAsync(int look, CancellationToken cancellationToken)
    {
        var command = await client.GetAsync(commandId, cancellationToken);
        context.Progress.Report(
            new JobProgress(
                "Waiting for instances", command?.CompletedCount ?? 0, command?.TargetCount is > 0 and var count ? count : null));
        return command is null
                ? look < LooksUntilMissing ? null : JobResult.Failed(
                    $"Systems Manager does not know command {commandId}, so that its outcome is lost. It keeps commands for 30 days: "
                    + "look at its command history.")
            : HasEnded(command) ? await EvaluateAsync(command, cancellationToken)
            : null;
    }

    private static bool HasEnded(Command command) =>
        command.Status == CommandStatus.Success || command.Status == CommandStatus.Failed || command.Status == CommandStatus.TimedOut
        || command.Status == CommandStatus.Cancelled;

    private async Task<JobResult> EvaluateAsync(Command command, CancellationToken cancellationToken)
    {
        var invocations = await client.GetInvocationsAsync(commandId, cancellationToken);
        var failed = new List<string>();
        foreach (var invocation in invocations)
        {
            if (FindProblem(invocation) is { } problem)
            {
                failed.Add($"{invocation.InstanceId}: {problem}");
                context.Errors.Add(invocation.InstanceId, problem);
            }
            else
            {
                Log.Ended(context.Logger, invocation.InstanceId, "Success", SsmText.ShortenOutput(OutputOf(invocation)));
            }
        }

        var succeeded = invocations.Count - failed.Count;
        context.Counters.Set("instancesSucceeded", succeeded);
        context.Counters.Set("instancesFailed", failed.Count);
        return (succeeded, failed.Count) switch
        {
            (0, 0) => JobResult.Failed($"Command {commandId} reached no instance: {SsmText.Printable(command.StatusDetails)}. "
                + "Check that an instance has the tag, is running and is managed by Systems Manager."),
            (_, 0) when command.Status != CommandStatus.Success => JobResult.Failed(
                $"Command {commandId} ended as {SsmText.Printable(command.StatusDetails)} after {Instances(succeeded)}: "
                + "the others were not reached."),
            (_, 0) => JobResult.Succeeded($"Command {commandId} succeeded on {Instances(succeeded)}."),
            (0, _) => JobResult.Failed($"Command {commandId} failed on {All(failed.Count)}. {failed[0]}"),
            _ => JobResult.Partial(
                $"Command {commandId} failed on {failed.Count} of {Instances(invocations.Count)}. {failed[0]}"),
        };
    }

    private static string? FindProblem(CommandInvocation invocation)
    {
        if (invocation.Status == CommandInvocationStatus.Success)
        {
            return null;
        }

        var status = string.IsNullOrEmpty(invocation.StatusDetails) ? invocation.Status?.Value : invocation.StatusDetails;
        var code = (invocation.CommandPlugins ?? []).Find(plugin => plugin.ResponseCode is not null and not 0)?.ResponseCode;
        var output = SsmText.ShortenOutput(OutputOf(invocation));
        return $"{SsmText.Printable(status)}{(code is null ? string.Empty : $", exit code {code}")}."
               + (Remedy(status) is { } remedy ? $" {remedy}" : string.Empty)
               + (output.Length == 0 ? string.Empty : $" Output: {output}");
    }

    private static string? OutputOf(CommandInvocation invocation) =>
        (invocation.CommandPlugins ?? []).LastOrDefault(plugin => !string.IsNullOrWhiteSpace(plugin.Output))?.Output;

    /// <summary>Source: "Understanding command statuses" in the user guide of Systems Manager.</summary>
    private static string? Remedy(string? status) => status switch
    {
        "DeliveryTimedOut" or "Delivery Timed Out" => "The instance did not accept it within 'timeoutSeconds': check its agent.",
        "ExecutionTimedOut" or "Execution Timed Out" or "TimedOut" => "The script took too long: raise 'executionTimeoutSeconds'.",
        "Undeliverable" => "The instance could not be reached: check that it runs and answers.",
        "Terminated" => "The command had failed on more instances than 'maxErrors' allows, so that it was not sent to this one.",
        "InvalidPlatform" or "Invalid Platform" => "The document does not support the instance's platform.",
        "AccessDenied" or "Access Denied" => "The function's role may not run the document on this instance.",
        _ => null,
    };

    private static string Instances(int count) => count == 1 ? "1 instance" : $"{count} instances";

    private static string All(int count) => count == 1 ? "1 instance" : $"all {count} instances";
}
