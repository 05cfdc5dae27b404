using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Aws;

/// <summary>
/// A limit that bounds how long the calls of one client wait for an answer, and reports those that wait for longer than five seconds.
/// </summary>
/// <param name="service">The service, for example <c>S3</c>.</param>
/// <param name="timeout">The time after which a call ends.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Receives the reports.</param>
/// <param name="first">The limit on waiting for a service that has never answered, if the host has one.</param>
internal sealed class AwsWaits(
    string service, AwsCallTimeout timeout, TimeProvider timeProvider, ILogger logger, FirstAnswerLimit? first = null)
{
    /// <summary>The time between two reports of one operation: a run may make thousands of calls, a hundred at once.</summary>
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _reported = new(StringComparer.Ordinal);

    public string Service => service;

    public TimeSpan Timeout => timeout.Value;

    public TimeProvider TimeProvider => timeProvider;

    public ILogger Logger => logger;

    public FirstAnswerLimit? First => first;

    /// <summary>Adds the handlers to a client, once.</summary>
    public static void Attach(
        object client, AwsCallTimeout timeout, TimeProvider timeProvider, ILogger logger, FirstAnswerLimit? first = null)
    {
        if (client is not AmazonServiceClient service)
        {
            return;
        }

        var pipeline = AwsPipeline.Of(service);
        var handlers = pipeline.Handlers;
        if (handlers.Exists(static handler => handler is RetryHandler)
            && handlers.Exists(static handler => handler is ErrorCallbackHandler)
            && !handlers.Exists(static handler => handler is AwsWaitHandler))
        {
            // Below the handler that notes on each exception which call it comes from, and below the SDK's retries.
            var waits = new AwsWaits(AwsOperation.ServiceOf(client), timeout, timeProvider, logger, first);
            pipeline.AddHandlerAfter<ErrorCallbackHandler>(new AwsWaitHandler(waits));
            pipeline.AddHandlerAfter<RetryHandler>(new AwsAnswerHandler());
        }
    }

    /// <summary>Determines whether a call that waits is to be reported.</summary>
    public bool IsNew(string operation)
    {
        var now = timeProvider.GetUtcNow();
        if (_reported.TryGetValue(operation, out var last) && now - last < ReportInterval)
        {
            return false;
        }

        _reported[operation] = now;
        return true;
    }
}
