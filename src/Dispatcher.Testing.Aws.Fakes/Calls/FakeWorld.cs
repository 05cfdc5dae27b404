namespace Dispatcher.Testing.Aws.Fakes.Calls;

/// <summary>The state that the services share: their clock, their lock, the log of changes and the hooks around each request.</summary>
internal sealed class FakeWorld(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<FakeMutation> _mutations = [];
    private int _calls;

    public TimeProvider Clock { get; } = clock;

    public FakeFaults Faults { get; } = new(clock);

    public Func<FakeCall, ValueTask<FakeFault>>? BeforeCall { get; set; }

    public Func<FakeCall, ValueTask>? AfterCall { get; set; }

    public int Calls => Volatile.Read(ref _calls);

    public IReadOnlyList<FakeMutation> Mutations
    {
        get
        {
            lock (_lock)
            {
                return [.. _mutations];
            }
        }
    }

    public int NextCall() => Interlocked.Increment(ref _calls);

    /// <summary>Executes one request at a time.</summary>
    public T Locked<T>(Func<T> execute)
    {
        lock (_lock)
        {
            return execute();
        }
    }

    /// <summary>Adds a change to the log. Only called inside <see cref="Locked{T}"/>.</summary>
    public void Note(FakeCall call, string operation, string target, string? detail = null) =>
        _mutations.Add(new FakeMutation(_mutations.Count + 1, call, operation, target, detail));
}
