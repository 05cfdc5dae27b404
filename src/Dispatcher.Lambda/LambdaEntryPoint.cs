using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>The entry point that handles every Lambda invocation.</summary>
/// <param name="reader">Reads payloads.</param>
/// <param name="catalog">Answers queries for jobs.</param>
/// <param name="dispatcher">Runs jobs.</param>
/// <param name="batches">Handles batches of SQS messages.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Logs payloads that were refused.</param>
public sealed class LambdaEntryPoint(
    JobRequestReader reader,
    JobCatalog catalog,
    IJobDispatcher dispatcher,
    SqsBatchHandler batches,
    TimeProvider timeProvider,
    ILogger<LambdaEntryPoint> logger)
{
    /// <summary>The maximum length of the answer, in bytes. Lambda accepts 6 MB.</summary>
    internal const int MaxResponseLength = 5_000_000;

    /// <summary>Gets what answers <c>$watch</c>.</summary>
    /// <value>The default value is <see langword="null"/>: the query is refused as an unknown job.</value>
    internal JobWatch? Watch { get; init; }

    /// <summary>Handles one invocation. Reads the event itself, so that an event that cannot be read results in a helpful error.</summary>
    /// <param name="payload">The event as Lambda delivers it.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>The answer of <see cref="HandleAsync(JsonElement, ILambdaContext)"/>.</returns>
    /// <exception cref="JobRequestException">The payload is invalid; nothing has run.</exception>
    /// <exception cref="JobFailedException">The run failed.</exception>
    public async Task<JsonElement> HandleAsync(Stream payload, ILambdaContext context) =>
        JsonElement.Parse(await AnswerAsync(payload, context));

    /// <summary>Handles one invocation.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>
    /// The record of the run; for a batch of SQS messages, the messages that return to the queue; or the answer to <c>$list</c>,
    /// <c>$describe</c> and <c>$watch</c>.
    /// </returns>
    /// <exception cref="JobRequestException">The payload is invalid; nothing has run.</exception>
    /// <exception cref="JobFailedException">
    /// The run failed. If the handler returned instead, Lambda would count a success: no retry, no dead-letter queue, no Errors metric.
    /// </exception>
    public async Task<JsonElement> HandleAsync(JsonElement payload, ILambdaContext context) =>
        JsonElement.Parse(await AnswerAsync(payload, context));

    /// <summary>
    /// Handles one invocation as <see cref="HandleAsync(Stream, ILambdaContext)"/> does. A task of a <see cref="JsonElement"/>, a value
    /// type, would be compiled in each cold start.
    /// </summary>
    /// <param name="payload">The event as Lambda delivers it.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>The answer as one line of JSON, which has no character that could mislead its reader.</returns>
    internal async Task<byte[]> AnswerAsync(Stream payload, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentNullException.ThrowIfNull(context);

        using var buffer = new MemoryStream();
        await payload.CopyToAsync(buffer);
        try
        {
            return await AnswerAsync(JobRequestReader.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)), context);
        }
        catch (JobRequestException exception)
        {
            Log.PayloadRefused(logger, context.AwsRequestId, exception.Message);
            throw;
        }
    }

    private Task<byte[]> AnswerAsync(JsonElement payload, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        if (Watch is not null && JobCatalog.IsWatch(payload))
        {
            return WriteAsync(Watch.AnswerAsync(context.AwsRequestId));
        }

        if (catalog.TryAnswer(payload, out var description))
        {
            return Task.FromResult(AnswerSerializer.Write(description));
        }

        return SqsMessage.IsBatch(payload)
            ? WriteAsync(batches.HandleAsync(payload, DeadlineOf(context), context.AwsRequestId))
            : RunAsync(payload, context);
    }

    private async Task<byte[]> RunAsync(JsonElement payload, ILambdaContext context)
    {
        var request = reader.Read(payload).WithHost(DeadlineOf(context), context.AwsRequestId);
        var record = await dispatcher.DispatchAsync(request);
        return SizeLimitedRecord.Fit(record.EnsureSucceeded(), MaxResponseLength).Utf8.ToArray();
    }

    private static async Task<byte[]> WriteAsync(Task<JsonElement> answer) => AnswerSerializer.Write(await answer);

    /// <summary>Local tools report no remaining time; that means no deadline, not one that has passed.</summary>
    private DateTimeOffset? DeadlineOf(ILambdaContext context) =>
        context.RemainingTime > TimeSpan.Zero ? timeProvider.GetUtcNow() + context.RemainingTime : null;
}
