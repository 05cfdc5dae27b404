using Dispatcher.Hosting;
using Dispatcher.Runs;
using Dispatcher.Text;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that retries a run after a transient failure: after the pause that the other side asked for, otherwise with exponential
/// backoff and jitter, and never with a pause that ends after the deadline.
/// </summary>
internal sealed class RetryMiddleware : IJobMiddleware
{
    private static readonly ResiliencePropertyKey<JobContext> ContextKey = new("Dispatcher.JobContext");

    private readonly FailureClassifier _failures;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _maxRetryAfter;
    private readonly int _maxAttempts;
    private readonly ResiliencePipeline<JobResult>? _pipeline;

    public RetryMiddleware(IOptions<RetryOptions> options, FailureClassifier failures, TimeProvider timeProvider)
    {
        _failures = failures;
        _timeProvider = timeProvider;
        _maxAttempts = options.Value.MaxAttempts;
        _maxRetryAfter = TimeSpan.FromSeconds(options.Value.MaxRetryAfterSeconds);
        _pipeline = _maxAttempts == 1 ? null : BuildPipeline(options.Value);
    }

    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        JobRun.Of(context).MaxAttempts = _maxAttempts;
        return _pipeline is null
            ? next(context, cancellationToken)
            : RetryAsync(_pipeline, JobRun.Of(context), next, cancellationToken);
    }

    private static async Task<JobResult> RetryAsync(
        ResiliencePipeline<JobResult> pipeline, JobRun run, JobDelegate next, CancellationToken cancellationToken)
    {
        var polly = ResilienceContextPool.Shared.Get(cancellationToken);
        polly.Properties.Set(ContextKey, run);
        try
        {
            return await pipeline.ExecuteAsync(
                static (polly, attempt) =>
                {
                    attempt.Run.BeginAttempt();
                    return new ValueTask<JobResult>(attempt.Next(attempt.Run, polly.CancellationToken));
                },
                polly,
                new Attempt(run, next));
        }
        catch (NoTimeLeftException refused)
        {
            refused.Outcome.ThrowIfException();
            return refused.Outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(polly);
        }
    }

    private ResiliencePipeline<JobResult> BuildPipeline(RetryOptions options) =>
        new ResiliencePipelineBuilder<JobResult> { TimeProvider = _timeProvider }
            .AddRetry(new RetryStrategyOptions<JobResult>
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                Delay = TimeSpan.FromSeconds(options.BaseDelaySeconds),
                MaxDelay = TimeSpan.FromSeconds(options.MaxDelaySeconds),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = arguments => ValueTask.FromResult(RequestedDelay(arguments.Outcome)),
                ShouldHandle = arguments => ValueTask.FromResult(ShouldRetry(arguments)),
                OnRetry = OnRetry,
            })
            .Build();

    private bool ShouldRetry(RetryPredicateArguments<JobResult> arguments) =>
        !arguments.Context.CancellationToken.IsCancellationRequested
        && FailureOf(arguments.Outcome) is { Kind: FailureKind.Transient } failure
        && !(failure.RetryAfter > _maxRetryAfter);

    /// <summary>Returns the pause that the other side asked for, or <see langword="null"/> for the backoff to decide.</summary>
    private TimeSpan? RequestedDelay(Outcome<JobResult> outcome) =>
        FailureOf(outcome)?.RetryAfter is { } delay && delay > TimeSpan.Zero ? delay : null;

    private Failure? FailureOf(Outcome<JobResult> outcome) =>
        (outcome.Exception ?? outcome.Result?.Exception) is { } exception ? _failures.Classify(exception) : null;

    private ValueTask OnRetry(OnRetryArguments<JobResult> arguments)
    {
        var context = arguments.Context.Properties.GetValue(ContextKey, null!);
        var exception = arguments.Outcome.Exception ?? arguments.Outcome.Result!.Exception!;

        // Polly reveals the pause only here, and an exception is the only way to refuse it.
        if (_timeProvider.GetUtcNow() + arguments.RetryDelay >= context.Deadline)
        {
            throw new NoTimeLeftException(arguments.Outcome);
        }

        var pause = Quantity.Duration((long)arguments.RetryDelay.TotalMilliseconds);
        Log.Retrying(context.Logger, context.Attempt, pause, _failures.Classify(exception).Message);
        return ValueTask.CompletedTask;
    }

    /// <summary>What an attempt runs. A class: Polly's methods for a value type would be compiled in each cold start.</summary>
    private sealed record Attempt(JobRun Run, JobDelegate Next);

    /// <summary>Carries the last attempt's outcome out of the retry strategy.</summary>
    private sealed class NoTimeLeftException(Outcome<JobResult> outcome) : Exception
    {
        public Outcome<JobResult> Outcome { get; } = outcome;
    }
}
