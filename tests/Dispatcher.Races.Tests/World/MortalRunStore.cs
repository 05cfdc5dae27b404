using Dispatcher.Hosting;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests.World;

/// <summary>A run store as a process sees it: once the process is killed, nothing that it still does in memory reaches the store.</summary>
internal sealed class MortalRunStore(IRunStore store, FakeCaller caller) : IRunStore
{
    public string Location => store.Location;

    public Task<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken = default) =>
        WhileAliveAsync(() => store.AcquireAsync(request, cancellationToken));

    public Task<bool> RenewAsync(IReadOnlyList<Lease> leases, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        WhileAliveAsync(() => store.RenewAsync(leases, until, cancellationToken));

    public async Task EndAsync(IReadOnlyList<LeaseEnd> leases, CancellationToken cancellationToken = default) =>
        await WhileAliveAsync(async () =>
        {
            await store.EndAsync(leases, cancellationToken);
            return true;
        });

    public Task<IReadOnlyList<LeaseResult?>> ReadLeasesAsync(
        string job, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        WhileAliveAsync(() => store.ReadLeasesAsync(job, keys, cancellationToken));

    public Task<RunRecord?> GetAsync(string job, string runId, CancellationToken cancellationToken = default) =>
        WhileAliveAsync(() => store.GetAsync(job, runId, cancellationToken));

    public async Task WriteAsync(RunRecord record, CancellationToken cancellationToken) => await WhileAliveAsync(async () =>
    {
        await store.WriteAsync(record, cancellationToken);
        return true;
    });

    public IAsyncEnumerable<RunRecord> ListAsync(RunQuery query, CancellationToken cancellationToken = default) =>
        store.ListAsync(query, cancellationToken);

    public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default) =>
        store.FindAsync(runId, cancellationToken);

    private Task<T> WhileAliveAsync<T>(Func<Task<T>> call) => caller.IsKilled ? new TaskCompletionSource<T>().Task : call();
}
