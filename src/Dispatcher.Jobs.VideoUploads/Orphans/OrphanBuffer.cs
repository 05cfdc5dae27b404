namespace Dispatcher.Jobs.VideoUploads.Orphans;

/// <summary>
/// A buffer of orphans that are to be changed alike. Where orphans are rare, a batch of candidates holds few of them, and each batch of
/// changes reads the table and the bucket again: the buffer hands out full batches.
/// </summary>
internal sealed class OrphanBuffer(int size, Func<List<OrphanCandidate>, CancellationToken, Task> change)
{
    private readonly Lock _lock = new();
    private List<OrphanCandidate> _waiting = [];

    /// <summary>Adds orphans, and changes those that fill a batch. May be called concurrently.</summary>
    public async Task AddAsync(IEnumerable<OrphanCandidate> orphans, CancellationToken cancellationToken)
    {
        foreach (var batch in Fill(orphans))
        {
            await change(batch, cancellationToken);
        }
    }

    /// <summary>Changes the rest.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await change(_waiting, cancellationToken);
        _waiting = [];
    }

    private List<List<OrphanCandidate>> Fill(IEnumerable<OrphanCandidate> orphans)
    {
        List<List<OrphanCandidate>> full = [];
        lock (_lock)
        {
            foreach (var orphan in orphans)
            {
                _waiting.Add(orphan);
                if (_waiting.Count == size)
                {
                    full.Add(_waiting);
                    _waiting = [];
                }
            }
        }

        return full;
    }
}
