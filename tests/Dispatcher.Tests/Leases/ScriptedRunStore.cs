using Dispatcher.Hosting;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Leases;

/// <summary>A run store in memory that counts its calls, and fails or hangs where a test says so.</summary>
internal sealed class ScriptedRunStore(TimeProvider timeProvider) : IRunStore
{
    private readonly MemoryRunStore _store = new(timeProvider);
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];
    private readonly List<(string Call, int Count, TaskCompletionSource Reached)> _watchers = [];

    /// <summary>Gets or sets what happens before a call; by default nothing.</summary>
    public Func<string, Task> Before { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Gets or sets what happens after a call was done, before it is answered.</summary>
    public Func<string, Task> After { get; set; } = static _ => Task.CompletedTask;

    public string Location => "the store";

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public LeaseRequest? LastRequest { get; private set; }

    public IReadOnlyList<LeaseEnd> LastEnds { get; private set; } = [];

    public IReadOnlyList<Lease> LastRenewed { get; private set; } = [];

    public DateTimeOffset LastRenewedUntil { get; private set; }

    public Task WriteAsync(RunRecord record, CancellationToken cancellationToken) =>
        CallAsync("record", () => _store.WriteAsync(record, cancellationToken));

    public IAsyncEnumerable<RunRecord> ListAsync(RunQuery query, CancellationToken cancellationToken = default) =>
        _store.ListAsync(query, cancellationToken);

    public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default) =>
        _store.FindAsync(runId, cancellationToken);

    public async Task<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken = default)
    {
        LastRequest = request;
        LeaseResult? result = null;
        await CallAsync("acquire", async () => result = await _store.AcquireAsync(request, cancellationToken));
        return result!;
    }

    public async Task<bool> RenewAsync(IReadOnlyList<Lease> leases, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        (LastRenewed, LastRenewedUntil) = (leases, until);
        var renewed = false;
        await CallAsync("renew", async () => renewed = await _store.RenewAsync(leases, until, cancellationToken));
        return renewed;
    }

    public Task EndAsync(IReadOnlyList<LeaseEnd> ends, CancellationToken cancellationToken = default)
    {
        LastEnds = ends;
        return CallAsync("end", () => _store.EndAsync(ends, cancellationToken));
    }

    public async Task<IReadOnlyList<LeaseResult?>> ReadLeasesAsync(
        string job, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<LeaseResult?> states = [];
        await CallAsync("read", async () => states = await _store.ReadLeasesAsync(job, keys, cancellationToken));
        return states;
    }

    public async Task<RunRecord?> GetAsync(string job, string runId, CancellationToken cancellationToken = default)
    {
        RunRecord? record = null;
        await CallAsync("get", async () => record = await _store.GetAsync(job, runId, cancellationToken));
        return record;
    }

    /// <summary>Waits until a call was done so many times.</summary>
    public Task WhenCalledAsync(string call, int count = 1)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((call, count, reached));
            Notify();
            return reached.Task;
        }
    }

    private async Task CallAsync(string call, Func<Task> run)
    {
        try
        {
            await Before(call);
            await run();
            await After(call);
        }
        finally
        {
            lock (_lock)
            {
                _calls.Add(call);
                Notify();
            }
        }
    }

    private void Notify()
    {
        foreach (var watcher in _watchers.FindAll(watcher => _calls.Count(call => call == watcher.Call) >= watcher.Count))
        {
            _watchers.Remove(watcher);
            watcher.Reached.SetResult();
        }
    }
}
