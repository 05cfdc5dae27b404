using System.Net;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Moq;

namespace Dispatcher.Jobs.Ssm.Tests;

/// <summary>Systems Manager in memory: commands, whose outcomes a test decides, and managed instances.</summary>
internal sealed class FakeSsm
{
    private readonly Queue<Func<SendCommandRequest, SendCommandResponse>> _script = new();
    private readonly Mock<IAmazonSimpleSystemsManagement> _ssm = new(MockBehavior.Strict);

    public FakeSsm()
    {
        _ssm.Setup(ssm => ssm.SendCommandAsync(It.IsAny<SendCommandRequest>(), It.IsAny<CancellationToken>()))
            .Returns<SendCommandRequest, CancellationToken>(SendAsync);
        _ssm.Setup(ssm => ssm.ListCommandsAsync(It.IsAny<ListCommandsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((ListCommandsRequest request, CancellationToken _) => List(request));
        _ssm.Setup(ssm => ssm.ListCommandInvocationsAsync(It.IsAny<ListCommandInvocationsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((ListCommandInvocationsRequest request, CancellationToken _) => new ListCommandInvocationsResponse
            {
                CommandInvocations = Page(Invocations, request.NextToken, out var next), NextToken = next,
            });
        _ssm.Setup(ssm => ssm.DescribeInstanceInformationAsync(
                It.IsAny<DescribeInstanceInformationRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((DescribeInstanceInformationRequest request, CancellationToken _) =>
            {
                Described.Add(request);
                return new DescribeInstanceInformationResponse
                {
                    InstanceInformationList = Page(Instances, request.NextToken, out var next), NextToken = next,
                };
            });
    }

    public IAmazonSimpleSystemsManagement Client => _ssm.Object;

    public List<SendCommandRequest> Calls { get; } = [];

    public List<Command> Commands { get; } = [];

    public List<CommandInvocation> Invocations { get; } = [];

    public List<InstanceInformation> Instances { get; } = [];

    public List<DescribeInstanceInformationRequest> Described { get; } = [];

    public List<ListCommandsRequest> Searches { get; } = [];

    public int Looks { get; private set; }

    public Action<int>? OnLook { get; set; }

    /// <summary>Gets a task that ends at the first call that writes.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Hangs { get; set; }

    public static AmazonSimpleSystemsManagementException Error(string code, HttpStatusCode status) =>
        new("It failed.", null, ErrorType.Sender, code, "r-1", status);

    public FakeSsm NextThrows(Exception exception)
    {
        _script.Enqueue(_ => throw exception);
        return this;
    }

    /// <summary>Accepts the next command, and loses the answer.</summary>
    public FakeSsm NextLosesItsAnswer(Exception exception)
    {
        _script.Enqueue(request =>
        {
            Accept(request);
            throw exception;
        });
        return this;
    }

    /// <summary>Ends all commands, with one outcome for each instance.</summary>
    public void End(string status, params CommandInvocation[] invocations)
    {
        foreach (var command in Commands)
        {
            (command.Status, command.StatusDetails) = (status, status);
        }

        Invocations.AddRange(invocations);
    }

    public static CommandInvocation Invocation(string instance, string status, int? code = 0, string output = "") => new()
    {
        InstanceId = instance,
        Status = status is "Success" or "Failed" ? status : "Failed",
        StatusDetails = status,
        CommandPlugins = [new CommandPlugin { Name = "aws:runShellScript", ResponseCode = code, Output = output }],
    };

    private static List<T> Page<T>(List<T> all, string? token, out string? next)
    {
        const int Size = 2;
        var begin = token is null ? 0 : int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
        next = begin + Size < all.Count ? $"{begin + Size}" : null;
        return [.. all.Skip(begin).Take(Size)];
    }

    private ListCommandsResponse List(ListCommandsRequest request)
    {
        if (request.CommandId is null)
        {
            Searches.Add(request);
            return new ListCommandsResponse { Commands = Page(Commands, request.NextToken, out var next), NextToken = next };
        }

        Looks++;
        OnLook?.Invoke(Looks);
        return Commands.FirstOrDefault(command => command.CommandId == request.CommandId) is { } found
            ? new ListCommandsResponse { Commands = [found] }
            : throw new InvalidCommandIdException("no");
    }

    private async Task<SendCommandResponse> SendAsync(SendCommandRequest request, CancellationToken cancellationToken)
    {
        Calls.Add(request);
        Called.TrySetResult();
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return _script.TryDequeue(out var answer) ? answer(request) : Accept(request);
    }

    private SendCommandResponse Accept(SendCommandRequest request)
    {
        var command = new Command
        {
            CommandId = Guid.NewGuid().ToString(), Comment = request.Comment, Status = CommandStatus.InProgress, TargetCount = 2,
        };
        Commands.Add(command);
        return new SendCommandResponse { Command = command };
    }
}
