using Dispatcher.Aws;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The calls to one service: bounded by the run's limit of calls at once, and patient while the service is too busy.</summary>
internal sealed class ServiceCalls(CallLimiter limiter, TimeProvider timeProvider, CancellationToken stop)
{
    /// <summary>How long a busy service is waited for before an item fails.</summary>
    public static readonly TimeSpan ItemBudget = TimeSpan.FromSeconds(60);

    /// <summary>How long it is waited for before a listing, and with it its pass, fails.</summary>
    public static readonly TimeSpan ListingBudget = TimeSpan.FromSeconds(180);

    private readonly ThrottlingPatience _patience = new(timeProvider, stop);

    public Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        limiter.RunAsync(() => _patience.RunAsync(call, ItemBudget, cancellationToken), cancellationToken);

    public Task<T> ListAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        limiter.RunAsync(() => _patience.RunAsync(call, ListingBudget, cancellationToken), cancellationToken);
}
