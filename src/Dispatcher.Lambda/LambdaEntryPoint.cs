using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Catalog;
using Dispatcher.Lambda.SqsBatches;
using Dispatcher.Payload;
using Dispatcher.Pipeline;
using Dispatcher.Telemetry;

namespace Dispatcher.Lambda;

/// <summary>Is the one entry point: takes every payload that Lambda hands over, and answers or throws.</summary>
/// <param name="reader">Reads payloads.</param>
/// <param name="catalog">Answers what jobs there are.</param>
/// <param name="dispatcher">Runs jobs.</param>
/// <param name="batches">Works batches of SQS messages through.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class LambdaEntryPoint(
    JobRequestReader reader, JobCatalog catalog, IJobDispatcher dispatcher, SqsBatchHandler batches, TimeProvider timeProvider)
{
    /// <summary>How long the answer may be, in bytes. Lambda takes 6 MB.</summary>
    internal const int MaxResponseLength = 5_000_000;

    /// <summary>
    /// How long the record in a failure's message may be, in bytes. The message has to fit, together with the payload, into the message that
    /// goes to the on-failure destination (an SQS queue may still be limited to 256 KB), and twice into the line of the log in which Lambda's
    /// runtime reports the failure.
    /// </summary>
    internal const int MaxFailureLength = 30_000;

    /// <summary>Handles one invocation.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>
    /// The record of the run; the messages that go back to the queue, for a batch of SQS messages; or the answer to <c>$list</c> and <c>$describe</c>.
    /// </returns>
    /// <exception cref="JobRequestException">The payload is wrong; nothing has run.</exception>
    /// <exception cref="JobFailedException">
    /// The run failed. A handler that returned instead would have succeeded for Lambda: no retry, no dead-letter queue, no Errors metric.
    /// </exception>
    public async Task<JsonElement> HandleAsync(JsonElement payload, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        if (catalog.TryAnswer(payload, out var description))
        {
            return description;
        }

        if (SqsMessage.IsBatch(payload))
        {
            return await batches.HandleAsync(payload, DeadlineOf(context), context.AwsRequestId);
        }

        var request = reader.Read(payload) with { Deadline = DeadlineOf(context), HostRequestId = context.AwsRequestId };
        var summary = await dispatcher.DispatchAsync(request);
        var limit = summary.Status == JobStatus.Failed ? MaxFailureLength : MaxResponseLength;
        var answer = SummaryLine.Fit(summary, limit).Summary.EnsureSucceeded();
        return JsonSerializer.SerializeToElement(answer, DispatcherJsonContext.Default.JobRunSummary);
    }

    /// <summary>Local tools report no remaining time; that means no deadline, not one that has passed.</summary>
    private DateTimeOffset? DeadlineOf(ILambdaContext context) =>
        context.RemainingTime > TimeSpan.Zero ? timeProvider.GetUtcNow() + context.RemainingTime : null;
}
