using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>
/// The retry policy of a client, except for its pauses: they are taken on a clock, and are the mean of the SDK's random ones.
/// </summary>
internal sealed class ClockedRetryPolicy : RetryPolicy
{
    private const int LongestPauseSeconds = 20;

    private readonly RetryPolicy _policy;
    private readonly TimeProvider _clock;

    private ClockedRetryPolicy(RetryPolicy policy, TimeProvider clock)
    {
        _policy = policy;
        _clock = clock;
        MaxRetries = policy.MaxRetries;
    }

    public override ICollection<string> ThrottlingErrorCodes => _policy.ThrottlingErrorCodes;

    /// <summary>Puts the policy into a client.</summary>
    public static TClient Install<TClient>(TClient client, TimeProvider clock)
        where TClient : AmazonServiceClient
    {
        var pipeline = PipelineOf(client);
        var handler = pipeline.Handlers.OfType<RetryHandler>().Single();
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new ClockedRetryPolicy(handler.RetryPolicy, clock)));
        return client;
    }

    public override bool CanRetry(IExecutionContext executionContext) => _policy.CanRetry(executionContext);

    public override bool RetryForException(IExecutionContext executionContext, Exception exception) =>
        _policy.RetryForException(executionContext, exception);

    public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
        _policy.RetryForExceptionAsync(executionContext, exception);

    public override bool RetryLimitReached(IExecutionContext executionContext) => _policy.RetryLimitReached(executionContext);

    public override void WaitBeforeRetry(IExecutionContext executionContext) => throw new NotSupportedException("Only asynchronous calls.");

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext) =>
        Task.Delay(
            TimeSpan.FromSeconds(Math.Min(Math.Pow(2, executionContext.RequestContext.Retries - 1), LongestPauseSeconds) / 2),
            _clock,
            executionContext.RequestContext.CancellationToken);

    public override void NotifySuccess(IExecutionContext executionContext) => _policy.NotifySuccess(executionContext);

    public override void NotifyError(IExecutionContext executionContext, Exception exception) =>
        _policy.NotifyError(executionContext, exception);

    public override bool OnRetry(IExecutionContext executionContext) => _policy.OnRetry(executionContext);

    public override bool OnRetry(IExecutionContext executionContext, bool bypassAcquireCapacity) =>
        _policy.OnRetry(executionContext, bypassAcquireCapacity);

    public override bool OnRetry(IExecutionContext executionContext, bool bypassAcquireCapacity, bool isThrottlingError) =>
        _policy.OnRetry(executionContext, bypassAcquireCapacity, isThrottlingError);

    public override bool IsThrottlingError(Exception exception) => _policy.IsThrottlingError(exception);

    public override bool IsStaleConnectionError(Exception exception) => _policy.IsStaleConnectionError(exception);

    public override bool IsTransientError(IExecutionContext executionContext, Exception exception) =>
        _policy.IsTransientError(executionContext, exception);

    public override bool IsServiceTimeoutError(Exception exception) => _policy.IsServiceTimeoutError(exception);

    // Protected, because it is meant for deriving clients; these would go by other names in logs and errors.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_RuntimePipeline")]
    private static extern RuntimePipeline PipelineOf(AmazonServiceClient client);
}
