using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests.Clients;

/// <summary>
/// Several runs of the cleanup over a world whose clients act between any two of its calls and between the runs, all of it decided by a
/// seed. Judges each deletion by what the clients had done, and by nothing that the cleanup knows.
/// </summary>
internal sealed class Schedule : IAsyncDisposable
{
    private const int Runs = 4;

    /// <summary>A run's clock moves by seconds while it is at work.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private static readonly UploadKind[] Lively =
    [
        UploadKind.Fresh, UploadKind.ExpiredWithObject, UploadKind.ExpiredWithoutObject, UploadKind.MultipartFresh,
        UploadKind.MultipartEmpty,
        UploadKind.MultipartWithParts, UploadKind.Orphan,
    ];

    private readonly CleanupMode _mode;
    private readonly Random _random;
    private readonly PauselessTimeProvider _clock = new(CleanupWorld.Beginning);
    private readonly CleanupWorld _world;
    private readonly ClientApi _api;
    private readonly CleanupRunner _runner;
    private readonly List<SimulatedClient> _clients = [];
    private readonly Dictionary<SimulatedClient, Standing> _standingAtStart = [];
    private readonly HashSet<SimulatedClient> _writtenAnew = [];
    private readonly List<string> _story = [];
    private readonly double _eagerness;
    private DateTimeOffset _start;
    private int _judged;

    public Schedule(CleanupMode mode, int seed, bool clientsKnowClaims)
    {
        _mode = mode;
        _random = new Random(seed);
        _eagerness = new[] { 0.03, 0.1, 0.3 }[_random.Next(3)];
        _world = new CleanupWorld(seed, _clock);
        _api = new ClientApi(_world, clientsKnowClaims);
        _runner = new CleanupRunner(_world);
        for (var count = 0; count < 5; count++)
        {
            var kinds = count < 4 ? Lively : Enum.GetValues<UploadKind>();
            var upload = _world.Add(kinds[_random.Next(kinds.Length)]);
            _clients.Add(new SimulatedClient(_world, _api, upload, clientsKnowClaims, _random));
        }
    }

    /// <summary>Gets what was lost, and what led to it.</summary>
    public List<string> Losses { get; } = [];

    public string Story => string.Join(Environment.NewLine, _story);

    public async Task RunAsync()
    {
        for (var run = 1; run <= Runs; run++)
        {
            await RunCleanupAsync(run);
            foreach (var client in _clients.Where(_ => _random.NextDouble() < 0.4))
            {
                await ActAsync(client);
            }

            var pause =
                new[] { TimeSpan.FromMinutes(1), TimeSpan.FromHours(5), TimeSpan.FromDays(3), TimeSpan.FromDays(8) }[_random.Next(4)];
            _clock.Advance(pause);
            _story.Add($"{pause} go by");
        }

        _clients.ForEach(JudgeEnd);
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _api.Dispose();
    }

    private async Task RunCleanupAsync(int number)
    {
        _start = _clock.GetUtcNow();
        _clients.ForEach(client => _standingAtStart[client] = client.Standing);
        _world.Aws.BeforeCall = BeforeAsync;
        _world.Aws.AfterCall = AfterAsync;
        var summary = await _runner.RunAsync(CleanupParameters.For(_mode, orphans: "report"));
        _world.Aws.BeforeCall = null;
        _world.Aws.AfterCall = null;
        _story.Add($"run {number} {summary!.Status}: {summary.Summary}");
        Losses.AddRange(summary.Errors.Where(IsOrdinaryRace).Select(error => $"an item error instead of a skipped item: {error}"));
    }

    /// <summary>
    /// Determines whether an error is about an upload that nobody may have touched. It is right about one that was due, when its client
    /// came back in the middle of its removal, and about a session that its client wrote anew after its removal.
    /// </summary>
    private bool IsOrdinaryRace(ItemError error)
    {
        var client = _clients.Find(client => error.Item.Contains(client.Upload.Id, StringComparison.Ordinal));
        if (client is null)
        {
            return true;
        }

        return !_writtenAnew.Contains(client) && (_mode == CleanupMode.Delete || IsProtected(_standingAtStart[client]));
    }

    private async ValueTask<FakeFault> BeforeAsync(FakeCall call)
    {
        if (call.Caller == _api.Caller)
        {
            return FakeFault.None;
        }

        while (_random.NextDouble() < _eagerness)
        {
            SimulatedClient[] ready = [.. _clients.Where(client => client.Next is { } next && !IsUnprotectable(client, next, call))];
            if (ready.Length == 0)
            {
                break;
            }

            await ActAsync(ready[_random.Next(ready.Length)]);
        }

        _story.Add(call.ToString());
        return FakeFault.None;
    }

    /// <summary>S3 writes all tags of an object at once and has no condition for it: what is written right before is overwritten.</summary>
    private static bool IsUnprotectable(SimulatedClient client, Step next, FakeCall call) =>
        next.WritesTags
        && call.Operation is "s3:PutObjectTagging" or "s3:DeleteObjectTagging"
        && call.Target.EndsWith(client.Upload.Key, StringComparison.Ordinal);

    private async Task ActAsync(SimulatedClient client)
    {
        if (client.Next is not null)
        {
            _story.Add($"    client of {client.Upload.Kind} {client.Upload.Id}: {await client.StepAsync()}");
            if (_world.Table.Find(client.Upload.Id) is { } session && session["key"] is null)
            {
                _writtenAnew.Add(client);
            }
        }
    }

    private ValueTask AfterAsync(FakeCall call)
    {
        if (call.Caller != _api.Caller)
        {
            foreach (var mutation in _world.Aws.Mutations.Skip(_judged).Where(mutation => mutation.Call == call))
            {
                Judge(mutation);
            }
        }

        _judged = _world.Aws.Mutations.Count;
        return ValueTask.CompletedTask;
    }

    private void Judge(FakeMutation mutation)
    {
        _story.Add($"  {mutation}");
        if (mutation.Operation is not ("s3:DeleteObject" or "s3:AbortMultipartUpload" or "dynamodb:DeleteItem"))
        {
            return;
        }

        var client = _clients.Single(client => mutation.Target.Contains(client.Upload.Id, StringComparison.Ordinal));
        var standing = _mode == CleanupMode.Delete ? client.Standing : _standingAtStart[client];
        if (IsProtected(standing) && !client.Standing.IsGivenUp)
        {
            Losses.Add(
                $"{client.Upload.Kind} was {standing.Why} (abandoned since {standing.AbandonedSince:u}, the run began {_start:u}): "
                    + $"{mutation}");
        }
    }

    /// <summary>Deleting takes the end of the session's life; in quarantine mode, a week before the run began.</summary>
    private bool IsProtected(Standing standing) =>
        standing.AbandonedSince > (_mode == CleanupMode.Delete ? _clock.GetUtcNow() : _start - CleanupParameters.Quarantine) + Tolerance;

    /// <summary>What a client has finished says so to the end.</summary>
    private void JudgeEnd(SimulatedClient client)
    {
        if (client.HasFinishedSession && _world.Table.Find(client.Upload.Id)?["status"] != "uploaded")
        {
            Losses.Add($"{client.Upload.Kind} {client.Upload.Id} was finished, but its session is {_world.Table.Find(client.Upload.Id)}");
        }

        if (client.Standing.Why == "tagged finished"
            && _world.Bucket.Objects.Any(
                item => item.Key == client.Upload.Key && item.Tags.All(static tag => tag.Key != CleanupWorld.FinishedTag)))
        {
            Losses.Add($"{client.Upload.Kind} {client.Upload.Key} was tagged finished, but is so no longer");
        }
    }
}
