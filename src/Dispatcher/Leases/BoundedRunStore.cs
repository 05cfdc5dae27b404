using System.Globalization;
using Dispatcher.Hosting;

namespace Dispatcher.Leases;

/// <summary>A run store whose calls end in time, even if the store blocks or never answers.</summary>
internal sealed class BoundedRunStore(IRunStore store, TimeProvider timeProvider)
{
    private static readonly TimeSpan ShortestCall = TimeSpan.FromSeconds(0.1);

    /// <summary>Gets the location of the store.</summary>
    public string Location => store.Location;

    public Task<LeaseResult> AcquireAsync(LeaseRequest request, TimeSpan limit, CancellationToken cancellationToken) =>
        CallAsync(token => store.AcquireAsync(request, token), limit, cancellationToken);

    public Task<bool> RenewAsync(
        IReadOnlyList<Lease> leases, DateTimeOffset until, TimeSpan limit, CancellationToken cancellationToken) =>
        CallAsync(token => store.RenewAsync(leases, until, token), limit, cancellationToken);

    public Task EndAsync(IReadOnlyList<LeaseEnd> ends, TimeSpan limit) =>
        CallAsync(
            async token =>
            {
                await store.EndAsync(ends, token);
                return true;
            },
            limit,
            CancellationToken.None);

    public Task<IReadOnlyList<LeaseResult?>> ReadLeasesAsync(
        string job, IReadOnlyList<string> keys, TimeSpan limit, CancellationToken cancellationToken) =>
        CallAsync(token => store.ReadLeasesAsync(job, keys, token), limit, cancellationToken);

    public Task<RunRecord?> GetAsync(string job, string runId, TimeSpan limit, CancellationToken cancellationToken) =>
        CallAsync(token => store.GetAsync(job, runId, token), limit, cancellationToken);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit < ShortestCall ? ShortestCall : limit, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            // Runs on the thread pool: a store that blocks instead of awaiting would otherwise delay the run beyond the limit.
            return await Task.Run(() => call(linked.Token), CancellationToken.None).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PermanentJobException(
                string.Create(CultureInfo.InvariantCulture, $"{Location} did not answer within {limit.TotalSeconds:0.#} s. ")
                    + "Check that it can be reached from here.",
                exception);
        }
    }
}
