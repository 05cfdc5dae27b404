using System.Collections.Concurrent;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests.Clients;

/// <summary>
/// Rounds of the cleanup over a world whose clients act between any two of its calls and between the rounds, all of it decided by a seed.
/// In a round one or more processes run it at once. Judges each deletion by what the clients had done, the audit trails by what was
/// executed, and the end by what further runs still find to do.
/// </summary>
internal sealed class Schedule : IAsyncDisposable
{
    private const int Rounds = 4;

    /// <summary>How many runs without clients or faults come to rest: a quarantine takes two, a review of what it finds one more.</summary>
    private const int RunsToRest = 4;

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>A table without sessions shows of no object that it is an orphan.</summary>
    private const string RefusedGuess = "holds no session at all";

    private static readonly UploadKind[] Lively =
    [
        UploadKind.Fresh, UploadKind.ExpiredWithObject, UploadKind.ExpiredWithoutObject, UploadKind.MultipartFresh,
        UploadKind.MultipartEmpty,
        UploadKind.MultipartWithParts, UploadKind.Orphan,
    ];

    private readonly ScheduleOptions _options;
    private readonly CleanupMode _mode;
    private readonly Random _random;
    private readonly Roughness _roughness;
    private readonly Interleaving _interleaving;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TimeProvider _clock;
    private readonly CleanupWorld _world;
    private readonly ClientApi _api;
    private readonly MemoryRunStore? _store;
    private readonly List<CleanupRunner> _runners = [];
    private readonly List<SimulatedClient> _clients = [];
    private readonly LossJudge _judge;
    private readonly List<FakeCall> _repeated = [];
    private readonly ConcurrentDictionary<FakeCall, TimeSpan> _stalled = new();
    private readonly List<string> _story = [];
    private readonly double _eagerness;
    private int _judged;

    public Schedule(ScheduleOptions options, int seed)
    {
        _options = options;
        _mode = options.Mode;
        _random = new Random(seed);
        _roughness = new Roughness(_random, options.IsRough);
        _eagerness = new[] { 0.03, 0.1, 0.3 }[_random.Next(3)];
        _interleaving = new Interleaving(seed, CleanupWorld.Beginning, HeartbeatInterval);
        _clock = _interleaving.CreateClock();
        _world = new CleanupWorld(seed, _clock);
        _api = new ClientApi(_world, options.ClientsKnowClaims);
        _store = options.HasStore ? new MemoryRunStore(_clock) : null;
        for (var count = 0; count < 5; count++)
        {
            var kinds = count < 4 ? Lively : Enum.GetValues<UploadKind>();
            var upload = _world.Add(kinds[_random.Next(kinds.Length)]);
            _clients.Add(new SimulatedClient(_world, _api, upload, options.ClientsKnowClaims, _random));
        }

        _judge = new LossJudge(_world, _mode, _clients);
    }

    /// <summary>Gets what was lost or untrue, and what led to it.</summary>
    public List<string> Losses { get; } = [];

    /// <summary>Gets how many runs there were, how many changes they made, and how many of them were killed.</summary>
    public (int Runs, int Changes, int Killed) Figures => (
        _runners.Count,
        _world.Aws.Mutations.Count(mutation => mutation.Call.Caller != _api.Caller),
        _runners.Count(static runner => runner.Caller.IsKilled));

    public string Story => string.Join(Environment.NewLine, _story);

    public async Task RunAsync()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await RunRoundAsync(round);
            foreach (var client in _clients.Where(_ => _random.NextDouble() < 0.4))
            {
                await ActAsync(client);
            }

            Pause(new[] { TimeSpan.FromMinutes(1), TimeSpan.FromHours(5), TimeSpan.FromDays(3), TimeSpan.FromDays(8) }[_random.Next(4)]);
        }

        Losses.AddRange(_clients.SelectMany(_judge.JudgeEnd));
        await ComeToRestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in _runners)
        {
            await runner.DisposeAsync();
        }

        _api.Dispose();
        _interleaving.Dispose();
        _turn.Dispose();
    }

    private void Pause(TimeSpan pause)
    {
        _interleaving.Advance(pause);
        _story.Add($"{pause} go by");
    }

    private async Task RunRoundAsync(int round)
    {
        _judge.BeginRound();
        _world.Aws.BeforeCall = BeforeAsync;
        _world.Aws.AfterCall = AfterAsync;
        CleanupRunner[] runners = [.. Enumerable.Range(1, _options.Runners).Select(number => NewRunner($"run {round}.{number}"))];
        var runs = Array.ConvertAll(runners, runner => RunAsync(runner, _options.HasStore ? $"slot-{round}" : null));
        await _interleaving.RunAsync(runs);
        _world.Aws.BeforeCall = null;
        _world.Aws.AfterCall = null;
        foreach (var (runner, run) in runners.Zip(runs))
        {
            JudgeRecord(runner, await run);
            Losses.AddRange(TrailJudge.UntrueLines(runner, _world, _options.IsRough));
        }
    }

    private CleanupRunner NewRunner(string name, bool isRough = true)
    {
        var clock = _interleaving.CreateClock(isRough ? _roughness.NextSkew() : TimeSpan.FromSeconds(0.37));
        var runner = new CleanupRunner(_world, name, clock, _store);
        _runners.Add(runner);
        return runner;
    }

    /// <summary>Delivers the slot to a runner, at once or later than to the others.</summary>
    private async Task<RunRecord?> RunAsync(CleanupRunner runner, string? slot)
    {
        if (_options.Runners > 1 && _random.Next(3) == 0)
        {
            // Not the interval of the heartbeat, by which the interleaving tells its timers.
            await Task.Delay(TimeSpan.FromSeconds(_random.Next(1, 90) + 0.5), runner.Caller.Clock!);
        }

        return await runner.RunAsync(CleanupParameters.For(_mode, orphans: "report"), slot);
    }

    private void JudgeRecord(CleanupRunner runner, RunRecord? record)
    {
        _story.Add($"{runner.Caller} {record?.Status.ToString() ?? "was killed"}: {record?.Summary}");
        if (record is null || _options.IsRough)
        {
            return;
        }

        Losses.AddRange(record.Errors.Where(_judge.IsOrdinaryRace).Select(error => $"an item error instead of a skipped item: {error}"));
        if (record.Status is JobStatus.Failed && !record.Summary.Contains(RefusedGuess, StringComparison.Ordinal))
        {
            Losses.Add($"{runner.Caller} failed: {record.Summary}");
        }
    }

    /// <summary>Runs the cleanup without clients or faults until nothing is left to do; nothing may stay half done.</summary>
    private async Task ComeToRestAsync()
    {
        var before = 0;
        for (var number = 1; number <= RunsToRest; number++)
        {
            Pause(TimeSpan.FromDays(8));
            before = _world.Aws.Mutations.Count;
            var runner = NewRunner($"last run {number}", isRough: false);
            var run = runner.RunAsync(CleanupParameters.For(_mode, orphans: "report"));
            _world.Aws.BeforeCall = _interleaving.WaitForTurnAsync;
            await _interleaving.RunAsync(run);
            _world.Aws.BeforeCall = null;
            _story.Add($"{runner.Caller} {(await run)!.Status}: {(await run)!.Summary}");
        }

        Losses.AddRange(_world.Aws.Mutations.Skip(before).Select(static mutation => $"the last run still found to do: {mutation}"));
        Losses.AddRange(_world.Table.Items.Where(static session => session["cleanupClaim"] is not null)
            .Select(static session => $"a claim stays for good: {session}"));
    }

    private async ValueTask<FakeFault> BeforeAsync(FakeCall call)
    {
        if (call.Caller == _api.Caller)
        {
            return FakeFault.None;
        }

        await _interleaving.WaitForTurnAsync(call);
        if (_roughness.NextStall() is var stall && stall > TimeSpan.Zero)
        {
            _story.Add($"{call.Caller} stalls for {stall}");
            _stalled[call] = stall;
            await Task.Delay(stall, _clock);
            await _interleaving.WaitForTurnAsync(call);
            _stalled.TryRemove(call, out _);
        }

        await _turn.WaitAsync();
        try
        {
            return await TakeTurnAsync(call);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets clients act before a request, and decides how it fails.</summary>
    private async Task<FakeFault> TakeTurnAsync(FakeCall call)
    {
        while (_random.NextDouble() < _eagerness)
        {
            SimulatedClient[] ready = [.. _clients.Where(client => client.Next is { } next && !IsUnprotectable(client, next, call))];
            if (ready.Length == 0)
            {
                break;
            }

            await ActAsync(ready[_random.Next(ready.Length)]);
        }

        var fault = _roughness.NextFault();
        _repeated.RemoveAll(repeated => repeated.Caller == call.Caller);
        if (fault != FakeFault.None)
        {
            _repeated.Add(call);
        }

        _story.Add(fault == FakeFault.None ? call.ToString() : $"{call}: {fault}");
        return fault;
    }

    /// <summary>
    /// S3 writes all tags of an object at once and has no condition for it: what a client writes between the read and the write of a run,
    /// or before the repetition of that write, is overwritten. A process may stall before that write, too.
    /// </summary>
    private bool IsUnprotectable(SimulatedClient client, Step next, FakeCall call)
    {
        bool Writes(FakeCall other) =>
            other.Operation is "s3:PutObjectTagging" && other.Target.EndsWith(client.Upload.Key, StringComparison.Ordinal);

        return next.WritesTags
            && (Writes(call) || _repeated.Exists(Writes) || _stalled.Keys.Any(Writes) || _interleaving.HoldsBack(Writes));
    }

    private async Task ActAsync(SimulatedClient client)
    {
        if (client.Next is not null)
        {
            _story.Add($"    client of {client.Upload.Kind} {client.Upload.Id}: {await client.StepAsync()}");
            _judge.NoteStep(client);
        }
    }

    private ValueTask AfterAsync(FakeCall call)
    {
        if (call.Caller != _api.Caller)
        {
            foreach (var mutation in _world.Aws.Mutations.Skip(_judged).Where(mutation => mutation.Call == call))
            {
                _story.Add($"  {mutation}");
                if (_judge.Judge(mutation) is { } loss)
                {
                    Losses.Add(loss);
                }
            }
        }

        _judged = _world.Aws.Mutations.Count;
        return ValueTask.CompletedTask;
    }
}
