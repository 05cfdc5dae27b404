namespace Dispatcher.Jobs.VideoUploads;

/// <summary>A limiter that bounds how many requests are under way at once, over all passes and batches of a run.</summary>
internal sealed class CallLimiter(int concurrency) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(concurrency);

    public int Concurrency { get; } = concurrency;

    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await call();
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Does the work for each item, as many at once as there are slots, and keeps the order of the answers.</summary>
    public async Task<TResult[]> ForEachAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TItem, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var results = new TResult[items.Count];
        await Parallel.ForAsync(
            0,
            items.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
            async (index, _) => results[index] = await work(items[index]));
        return results;
    }

    public void Dispose() => _slots.Dispose();
}
