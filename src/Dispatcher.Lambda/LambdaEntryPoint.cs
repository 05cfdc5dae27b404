using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Catalog;
using Dispatcher.Payload;
using Dispatcher.Pipeline;
using Dispatcher.Telemetry;

namespace Dispatcher.Lambda;

/// <summary>Is the one entry point: takes every payload that Lambda hands over, and answers or throws.</summary>
/// <param name="reader">Reads payloads.</param>
/// <param name="catalog">Answers what jobs there are.</param>
/// <param name="dispatcher">Runs jobs.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class LambdaEntryPoint(JobRequestReader reader, JobCatalog catalog, IJobDispatcher dispatcher, TimeProvider timeProvider)
{
    /// <summary>Handles one invocation.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>The record of the run, or the answer to <c>$list</c> and <c>$describe</c>.</returns>
    /// <exception cref="JobRequestException">The payload is wrong; nothing has run.</exception>
    /// <exception cref="JobFailedException">
    /// The run failed. A handler that returned instead would have succeeded for Lambda: no retry, no dead-letter queue, no Errors metric.
    /// </exception>
    public async Task<JsonElement> HandleAsync(JsonElement payload, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        if (catalog.TryAnswer(payload, out var answer))
        {
            return answer;
        }

        var request = reader.Read(payload) with { Deadline = DeadlineOf(context), HostRequestId = context.AwsRequestId };
        var summary = await dispatcher.DispatchAsync(request);
        return JsonSerializer.SerializeToElement(summary.EnsureSucceeded(), DispatcherJsonContext.Default.JobRunSummary);
    }

    /// <summary>Local tools report no remaining time; that means no deadline, not one that has passed.</summary>
    private DateTimeOffset? DeadlineOf(ILambdaContext context) =>
        context.RemainingTime > TimeSpan.Zero ? timeProvider.GetUtcNow() + context.RemainingTime : null;
}
