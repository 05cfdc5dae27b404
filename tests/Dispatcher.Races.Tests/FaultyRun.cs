using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>A run of the cleanup in a world with uploads of every kind, in which one call fails.</summary>
internal sealed class FaultyRun : IAsyncDisposable
{
    private readonly CleanupMode _mode;
    private readonly FakeFault _fault;
    private readonly PauselessTimeProvider _clock = new(CleanupWorld.Beginning);
    private readonly CleanupRunner _runner;
    private readonly CleanupRunner _other;
    private FakeCall? _failed;

    private FaultyRun(CleanupMode mode, FakeFault fault)
    {
        _mode = mode;
        _fault = fault;
        World = CleanupWorld.WithEveryKind(clock: _clock);
        _runner = new CleanupRunner(World);
        _other = new CleanupRunner(World, "other");
    }

    public CleanupWorld World { get; }

    public RecordedTrail Trail => _runner.Trail;

    /// <summary>Gets how many calls the run made.</summary>
    public int CallsOfRun { get; private set; }

    /// <summary>Gets the changes that the run made, in the words of the trail.</summary>
    public IReadOnlyList<string> Executed =>
        [.. World.Aws.Mutations
            .Where(mutation => mutation.Call.Caller == _runner.Caller)
            .Select(static mutation => $"{mutation.Operation} {mutation.Target}")
            .Order(StringComparer.Ordinal)];

    /// <summary>
    /// Makes a world in which the call of a number fails. In quarantine mode an earlier run has marked what there was, and more has come
    /// since.
    /// </summary>
    public static async Task<FaultyRun> PrepareAsync(CleanupMode mode, FakeFault fault, int number)
    {
        var run = new FaultyRun(mode, fault);
        if (mode == CleanupMode.Quarantine)
        {
            await run.RunNextAsync();
            run._clock.Advance(TimeSpan.FromDays(8));
            UploadKind[] kinds =
                [UploadKind.ExpiredWithObject, UploadKind.MultipartEmpty, UploadKind.MultipartWithParts, UploadKind.Orphan];
            foreach (var kind in kinds)
            {
                run.World.Add(kind);
            }
        }

        var first = run.World.Aws.Calls;
        run.World.Aws.BeforeCall = call => ValueTask.FromResult(run.FaultOf(call, first + number));
        return run;
    }

    /// <summary>Runs the cleanup.</summary>
    public async Task RunAsync()
    {
        var first = World.Aws.Calls;
        await _runner.RunAsync(CleanupParameters.For(_mode));
        CallsOfRun = World.Aws.Calls - first;
    }

    /// <summary>Runs the cleanup in another process, in which nothing fails.</summary>
    public async Task RunNextAsync(TimeSpan later = default)
    {
        _clock.Advance(later);
        await _other.RunAsync(CleanupParameters.For(_mode));
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        await _other.DisposeAsync();
    }

    public override string ToString() => $"{_fault} at {_failed}";

    private FakeFault FaultOf(FakeCall call, int number)
    {
        if (call.Number != number || call.Caller != _runner.Caller)
        {
            return FakeFault.None;
        }

        _failed = call;
        return _fault;
    }
}
