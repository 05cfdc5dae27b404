using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Dispatcher.Tool.Remote.DeadLetters;

/// <summary>
/// Runs again what was not done, in the way that it came: a message through the job queue, everything else as an asynchronous invocation.
/// </summary>
/// <param name="function">The function.</param>
/// <param name="client">The client of SQS.</param>
/// <param name="jobQueue">The URL of the job queue, if there is one.</param>
internal sealed class Replayer(RemoteFunction function, IAmazonSQS client, string? jobQueue)
{
    /// <summary>Hands a payload over. Whoever has accepted it keeps it: Lambda and SQS store it before they answer.</summary>
    /// <param name="letter">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SendAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        letter.Queue.Kind == DeadLetterKind.FailedMessages && jobQueue is not null
            ? client.SendMessageAsync(
                new SendMessageRequest(jobQueue, letter.Payload) { MessageAttributes = letter.Attributes }, cancellationToken)
            : function.QueueAsync(Encoding.UTF8.GetBytes(letter.Payload), cancellationToken);
}
