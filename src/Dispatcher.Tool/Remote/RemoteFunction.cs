using System.Text;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Remote;

/// <summary>A deployed function.</summary>
/// <param name="client">The client of Lambda.</param>
/// <param name="name">The name or the ARN of the function.</param>
internal sealed class RemoteFunction(IAmazonLambda client, string name)
{
    /// <summary>Gets the name or the ARN.</summary>
    public string Name => name;

    /// <summary>Invokes the function and waits for its answer.</summary>
    /// <param name="payload">The payload, in JSON.</param>
    /// <param name="cancellationToken">Stops waiting; the run goes on.</param>
    /// <returns>The answer.</returns>
    public async Task<RemoteAnswer> InvokeAsync(byte[] payload, CancellationToken cancellationToken)
    {
        var response = await SendAsync(payload, InvocationType.RequestResponse, LogType.Tail, cancellationToken);
        using var answer = response.Payload ?? new MemoryStream();
        return new RemoteAnswer(
            answer.ToArray(),
            response.FunctionError,
            Encoding.UTF8.GetString(Convert.FromBase64String(response.LogResult ?? string.Empty)));
    }

    /// <summary>Queues an invocation, as EventBridge does: Lambda repeats it if it fails.</summary>
    /// <param name="payload">The payload, in JSON.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task QueueAsync(byte[] payload, CancellationToken cancellationToken) =>
        SendAsync(payload, InvocationType.Event, LogType.None, cancellationToken);

    private async Task<InvokeResponse> SendAsync(
        byte[] payload, InvocationType type, LogType log, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(payload);
        try
        {
            return await client.InvokeAsync(
                new InvokeRequest { FunctionName = name, InvocationType = type, LogType = log, PayloadStream = stream }, cancellationToken);
        }
        catch (AmazonLambdaException exception) when (exception.ErrorCode == "ResourceNotFoundException")
        {
            throw new BadInputException(
                $"There is no function '{name}' in this account and region. Check the name, AWS_REGION and AWS_PROFILE.");
        }
    }
}
