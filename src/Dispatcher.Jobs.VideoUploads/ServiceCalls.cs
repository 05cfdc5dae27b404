using Dispatcher.Aws;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>
/// The calls to one service: bounded by the run's limit of calls at once and, while the service is too busy, by a lower one of the service,
/// and patient.
/// </summary>
internal sealed class ServiceCalls(CallLimiter limiter, TimeProvider timeProvider, CancellationToken stop)
{
    /// <summary>How long a busy service is waited for before an item fails.</summary>
    public static readonly TimeSpan ItemBudget = TimeSpan.FromSeconds(60);

    /// <summary>How long it is waited for before a listing, and with it its pass, fails.</summary>
    public static readonly TimeSpan ListingBudget = TimeSpan.FromSeconds(180);

    private readonly AdaptiveConcurrency _concurrency = new(limiter.Concurrency);
    private readonly ThrottlingPatience _patience = new(timeProvider, stop);

    public Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) => RunAsync(call, ItemBudget, cancellationToken);

    public Task<T> ListAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(call, ListingBudget, cancellationToken);

    /// <summary>Notes that the service has answered a call although it was too busy for a part of it.</summary>
    public void ReportThrottling() => _concurrency.ReportThrottling();

    // Room of the service first: a busy service does not take room from the other one's calls.
    private Task<T> RunAsync<T>(Func<Task<T>> call, TimeSpan budget, CancellationToken cancellationToken) => _concurrency.RunAsync(
        () => limiter.RunAsync(() => _patience.RunAsync(call, budget, cancellationToken), cancellationToken), cancellationToken);
}
