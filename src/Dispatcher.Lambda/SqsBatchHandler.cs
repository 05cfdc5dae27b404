using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatcher.Lambda;

/// <summary>
/// A handler that runs the payload of each message of a batch and returns the messages that go back to the queue: those whose run failed,
/// those that were skipped for a run that is still at work, those that cannot be run, and those that were not started. A batch of a FIFO
/// queue runs strictly in order and ends at the first message that goes back. All later ones go back with it, as
/// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html requires.
/// </summary>
/// <param name="reader">Reads payloads.</param>
/// <param name="dispatcher">Runs jobs.</param>
/// <param name="options">The settings of a batch.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Logs why a message goes back.</param>
public sealed class SqsBatchHandler(
    JobRequestReader reader,
    IJobDispatcher dispatcher,
    IOptions<SqsBatchOptions> options,
    TimeProvider timeProvider,
    ILogger<SqsBatchHandler> logger)
{
    private readonly SqsBatchOptions _options = options.Value;

    /// <summary>Handles a batch.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="deadline">When the host ends the invocation; all messages share it.</param>
    /// <param name="hostRequestId">The host's own id of the invocation.</param>
    /// <returns><c>{"batchItemFailures":[{"itemIdentifier":…}]}</c>.</returns>
    /// <exception cref="JobRequestException">A record is not an SQS message.</exception>
    public async Task<JsonElement> HandleAsync(JsonElement payload, DateTimeOffset? deadline, string? hostRequestId)
    {
        var messages = SqsMessage.ReadAll(payload);
        var latestStart = LatestStart(deadline);
        var done = new bool[messages.Count];

        if (messages.Any(message => message.IsOrdered))
        {
            foreach (var message in messages)
            {
                if (!(done[message.Index] = await TryRunAsync(message, deadline, latestStart, hostRequestId)))
                {
                    Log.BatchStopped(logger, message.Id, message.Queue, messages.Count - message.Index - 1);
                    break;
                }
            }
        }
        else
        {
            await Parallel.ForEachAsync(
                messages,
                new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrency },
                async (message, _) => done[message.Index] = await TryRunAsync(message, deadline, latestStart, hostRequestId));
        }

        var response = new SqsBatchResponse(
            [.. messages.Where(message => !done[message.Index]).Select(message => new SqsBatchItemFailure(message.Id))]);
        Log.BatchEnded(logger, messages.Count, response.BatchItemFailures.Count);
        return JsonSerializer.SerializeToElement(response, SqsBatchJsonContext.Default.SqsBatchResponse);
    }

    private DateTimeOffset? LatestStart(DateTimeOffset? deadline)
    {
        if (deadline is not { } end)
        {
            return null;
        }

        var quarter = (end - timeProvider.GetUtcNow()) / 4;
        var minimum = TimeSpan.FromSeconds(_options.MinimumSeconds);
        return end - (minimum < quarter ? minimum : quarter);
    }

    private async Task<bool> TryRunAsync(SqsMessage message, DateTimeOffset? deadline, DateTimeOffset? latestStart, string? hostRequestId)
    {
        if (timeProvider.GetUtcNow() > latestStart)
        {
            Log.MessageNotStarted(logger, message.Id, message.Queue);
            return false;
        }

        try
        {
            var request = reader.Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(message.Body)));
            var record = await dispatcher.DispatchAsync(request.WithHost(deadline, hostRequestId, message.Id));
            if (record is { Status: JobStatus.Skipped, Holder: { } holder })
            {
                // If that run crashes, this message may be all that is left of the work.
                Log.MessageHeldBack(logger, message.Id, message.Queue, holder.RunId, message.ReceiveCount);
                return false;
            }

            if (record.Status is not (JobStatus.Failed or JobStatus.Cancelled))
            {
                return true;
            }

            Log.MessageFailed(logger, message.Id, message.Queue, record.RunId, message.ReceiveCount);
        }
        catch (JobRequestException exception)
        {
            Log.MessagePoisonous(logger, message.Id, message.Queue, message.ReceiveCount, exception.Message);
        }
        catch (Exception exception)
        {
            // Whatever exception one message causes, the others are still handled.
            Log.MessageCrashed(logger, exception, message.Id, message.Queue);
        }

        return false;
    }
}
