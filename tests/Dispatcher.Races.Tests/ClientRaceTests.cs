using System.Collections.Concurrent;
using Dispatcher.Races.Tests.Clients;

namespace Dispatcher.Races.Tests;

/// <summary>
/// Clients lose nothing to a cleanup: in quarantine mode not even those that know nothing of it, in delete mode those that write on the
/// condition that the session is created and not claimed.
/// </summary>
[Parallelizable]
internal sealed class ClientRaceTests
{
    private const int Schedules = 2_000;
    private const int SchedulesToLoseIn = 300;
    private const int MaxShown = 50;
    private const int MaxStories = 3;

    [TestCase(CleanupMode.Delete, true)]
    [TestCase(CleanupMode.Quarantine, false)]
    public async Task Run_ClientsActBetweenAnyTwoCalls_LosesNothing(CleanupMode mode, bool clientsKnowClaims)
    {
        var losses = await RunAsync(mode, clientsKnowClaims, Schedules);

        var shown = losses.OrderBy(static loss => loss.Story.Length).Take(MaxStories).Select(static loss => $"{loss.Loss}\n{loss.Story}");
        Assert.That(losses.Select(static loss => loss.Loss).Take(MaxShown), Is.Empty, string.Join("\n\n", shown));
    }

    /// <summary>Shows that the schedules find losses where there are some: that is why such clients need the quarantine.</summary>
    [Test]
    public async Task Run_DeletesBesideClientsThatKnowNothingOfIt_LosesWhatTheyFinishOrRenew()
    {
        var losses = await RunAsync(CleanupMode.Delete, clientsKnowClaims: false, SchedulesToLoseIn);

        Assert.Multiple(() =>
        {
            Assert.That(losses.Select(static loss => loss.Loss), Has.Some.Contains("was finished").And.Contains("s3:DeleteObject"));
            Assert.That(losses.Select(static loss => loss.Loss), Has.Some.Contains("was renewed").And.Contains("s3:AbortMultipartUpload"));
        });
    }

    private static async Task<IReadOnlyCollection<(string Loss, string Story)>> RunAsync(
        CleanupMode mode, bool clientsKnowClaims, int schedules)
    {
        var losses = new ConcurrentBag<(string Loss, string Story)>();
        await Parallel.ForAsync(1, schedules + 1, async (seed, _) =>
        {
            await using var schedule = new Schedule(mode, seed, clientsKnowClaims);
            await schedule.RunAsync();
            schedule.Losses.ForEach(loss => losses.Add(($"seed {seed}: {loss}", schedule.Story)));
        });
        return losses;
    }
}
