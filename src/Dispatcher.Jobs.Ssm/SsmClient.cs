using System.Globalization;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.Ssm;

/// <summary>A client of Systems Manager that explains the errors about one command.</summary>
internal sealed class SsmClient(IAmazonSimpleSystemsManagement ssm, SsmRunCommandParameters parameters)
{
    private const int PageSize = 50;

    // As long as ECS knows a client token; Systems Manager itself keeps the history for 30 days.
    private static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>Sends the command.</summary>
    /// <returns>The id of the command.</returns>
    public async Task<string> SendAsync(SendCommandRequest request, CancellationToken cancellationToken) =>
        (await CallAsync("ssm:SendCommand", () => ssm.SendCommandAsync(request, cancellationToken))).Command.CommandId;

    /// <summary>Finds the command that a delivery of the slot has sent, by the end of its comment.</summary>
    /// <returns>The id of the command, or <see langword="null"/> if none was sent in the last 24 hours.</returns>
    public async Task<string?> FindSentAsync(string marker, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = (now - Memory).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var request = new ListCommandsRequest
        {
            Filters = [new CommandFilter { Key = CommandFilterKey.InvokedAfter, Value = since }], MaxResults = PageSize,
        };
        do
        {
            var response = await CallAsync("ssm:ListCommands", () => ssm.ListCommandsAsync(request, cancellationToken));
            var found = (response.Commands ?? []).Find(command => command.Comment?.EndsWith(marker, StringComparison.Ordinal) == true);
            if (found is not null)
            {
                return found.CommandId;
            }

            request.NextToken = response.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return null;
    }

    /// <summary>Gets the command.</summary>
    /// <returns>The command, or <see langword="null"/> if Systems Manager does not know it, or not yet.</returns>
    public async Task<Command?> GetAsync(string commandId, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ListCommandsRequest { CommandId = commandId };
            var response = await CallAsync("ssm:ListCommands", () => ssm.ListCommandsAsync(request, cancellationToken));
            return response.Commands?.FirstOrDefault();
        }
        catch (InvalidCommandIdException)
        {
            return null;
        }
    }

    /// <summary>Gets the outcome on each instance, with the beginning of its output.</summary>
    public async Task<IReadOnlyList<CommandInvocation>> GetInvocationsAsync(string commandId, CancellationToken cancellationToken)
    {
        var invocations = new List<CommandInvocation>();
        var request = new ListCommandInvocationsRequest { CommandId = commandId, Details = true, MaxResults = PageSize };
        do
        {
            var response = await CallAsync(
                "ssm:ListCommandInvocations", () => ssm.ListCommandInvocationsAsync(request, cancellationToken));
            invocations.AddRange(response.CommandInvocations ?? []);
            request.NextToken = response.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return invocations;
    }

    /// <summary>Gets the managed instances that the command would reach, whether or not they answer.</summary>
    public async Task<IReadOnlyList<InstanceInformation>> GetInstancesAsync(CancellationToken cancellationToken)
    {
        var instances = new List<InstanceInformation>();
        var request = new DescribeInstanceInformationRequest
        {
            Filters = parameters.InstanceIds is { } ids
                ? [new InstanceInformationStringFilter { Key = "InstanceIds", Values = [.. ids] }]
                :
                [
                    .. (parameters.Targets ?? []).Select(target =>
                        new InstanceInformationStringFilter { Key = target.Key, Values = [.. target.Values] }),
                ],
            MaxResults = PageSize,
        };
        do
        {
            var response = await CallAsync(
                "ssm:DescribeInstanceInformation", () => ssm.DescribeInstanceInformationAsync(request, cancellationToken));
            instances.AddRange(response.InstanceInformationList ?? []);
            request.NextToken = response.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return instances;
    }

    private async Task<T> CallAsync<T>(string action, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonSimpleSystemsManagementException exception)
            when (exception.ErrorCode is "AccessDeniedException" or "AccessDenied")
        {
            var denied = DeniedAction.Find(exception.Message);
            var on = denied?.Resource is { } resource ? $" on {resource}" : string.Empty;
            throw new PermanentJobException(
                $"Access to {What} is denied. Allow {denied?.Action ?? action}{on} in the function's role. "
                + $"({SsmText.Printable(exception.Message)})",
                exception);
        }
        catch (AmazonSimpleSystemsManagementException exception)
            when (exception is InvalidDocumentException or InvalidDocumentVersionException)
        {
            throw new PermanentJobException(
                $"There is no {What} in the function's account and region, or not in this version. Correct 'document' or "
                + $"'documentVersion', or create it. ({SsmText.Printable(exception.Message)})",
                exception);
        }
        catch (InvalidInstanceIdException exception) when (action == "ssm:SendCommand")
        {
            throw new PermanentJobException(
                $"Systems Manager refused the instances {SsmText.Printable(string.Join(", ", parameters.InstanceIds ?? []))}: one of them "
                + "is not known to it, is stopped or does not answer. Check the agent and the instance's profile "
                + $"(AmazonSSMManagedInstanceCore), or correct 'instanceIds'. ({SsmText.Printable(exception.Message)})",
                exception);
        }
        catch (AmazonSimpleSystemsManagementException exception) when (exception is InvalidParametersException
            or InvalidOutputFolderException or UnsupportedPlatformTypeException or MaxDocumentSizeExceededException
            or DuplicateInstanceIdException or InvalidFilterKeyException)
        {
            throw new PermanentJobException(
                $"Systems Manager refused to run {What}: {SsmText.Printable(exception.Message)} Correct the parameters or the profile.",
                exception);
        }
    }

    private string What => $"document '{CommandRequestFactory.DocumentOf(parameters)}'";
}
