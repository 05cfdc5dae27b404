using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests.Clients;

/// <summary>Judges deletions by what the clients had done, and by nothing that the cleanup knows.</summary>
internal sealed class LossJudge(CleanupWorld world, CleanupMode mode, IReadOnlyList<SimulatedClient> clients)
{
    /// <summary>A run's clock moves by seconds while it is at work, and clocks differ by less than this.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly Dictionary<SimulatedClient, Standing> _standingAtStart = [];
    private readonly HashSet<SimulatedClient> _writtenAnew = [];
    private DateTimeOffset _start;

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>Remembers how the uploads stand when runs begin.</summary>
    public void BeginRound()
    {
        _start = Now;
        foreach (var client in clients)
        {
            _standingAtStart[client] = client.Standing;
        }
    }

    /// <summary>Remembers that a client has written its session anew after the session was removed.</summary>
    public void NoteStep(SimulatedClient client)
    {
        if (world.Table.Find(client.Upload.Id) is { } session && session["key"] is null)
        {
            _writtenAnew.Add(client);
        }
    }

    /// <summary>Judges a change of a run.</summary>
    /// <returns>What was lost, or <see langword="null"/>.</returns>
    public string? Judge(FakeMutation mutation)
    {
        if (mutation.Operation is not ("s3:DeleteObject" or "s3:AbortMultipartUpload" or "dynamodb:DeleteItem"))
        {
            return null;
        }

        var client = clients.Single(client => mutation.Target.Contains(client.Upload.Id, StringComparison.Ordinal));
        var standing = mode == CleanupMode.Delete ? client.Standing : _standingAtStart[client];
        return IsProtected(standing) && !client.Standing.IsGivenUp
            ? $"{client.Upload.Kind} was {standing.Why} (abandoned since {standing.AbandonedSince:u}, the run began {_start:u}): {mutation}"
            : null;
    }

    /// <summary>
    /// Determines whether an error is about an upload that nobody may have touched. It is right about one that was due, when its client
    /// came back in the middle of its removal, and about a session that its client wrote anew after its removal.
    /// </summary>
    public bool IsOrdinaryRace(ItemError error)
    {
        var client = clients.FirstOrDefault(client => error.Item.Contains(client.Upload.Id, StringComparison.Ordinal));
        return client is null
            || (!_writtenAnew.Contains(client) && (mode == CleanupMode.Delete || IsProtected(_standingAtStart[client])));
    }

    /// <summary>Judges how an upload has ended: what a client has finished says so to the end.</summary>
    public IEnumerable<string> JudgeEnd(SimulatedClient client)
    {
        var session = world.Table.Find(client.Upload.Id);
        if (client.HasFinishedSession && session?["status"] != "uploaded")
        {
            yield return $"{client.Upload.Kind} {client.Upload.Id} was finished, but its session is {session}";
        }

        if (client.Standing.Why == "tagged finished"
            && world.Bucket.Objects.Any(
                item => item.Key == client.Upload.Key && item.Tags.All(static tag => tag.Key != CleanupWorld.FinishedTag)))
        {
            yield return $"{client.Upload.Kind} {client.Upload.Key} was tagged finished, but is so no longer";
        }
    }

    /// <summary>Deleting takes the end of the session's life; in quarantine mode, a week before the run began.</summary>
    private bool IsProtected(Standing standing) =>
        standing.AbandonedSince > (mode == CleanupMode.Delete ? Now : _start - CleanupParameters.Quarantine) + Tolerance;
}
