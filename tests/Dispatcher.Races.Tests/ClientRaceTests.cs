using Dispatcher.Races.Tests.Clients;

namespace Dispatcher.Races.Tests;

/// <summary>
/// Clients lose nothing to a cleanup: in quarantine mode not even those that know nothing of it, in delete mode those that write on the
/// condition that the session is created and not claimed.
/// </summary>
[Parallelizable]
internal sealed class ClientRaceTests
{
    private const int Count = 1_000;
    private const int SchedulesToLoseIn = 600;

    [TestCase(CleanupMode.Delete, true)]
    [TestCase(CleanupMode.Quarantine, false)]
    public async Task Run_ClientsActBetweenAnyTwoCalls_LosesNothing(CleanupMode mode, bool clientsKnowClaims) =>
        (await ScheduleResults.RunAsync(new ScheduleOptions(mode, clientsKnowClaims), Count)).AssertNothingLost();

    /// <summary>Shows that the schedules find losses where there are some: that is why such clients need the quarantine.</summary>
    [Test]
    public async Task Run_DeletesBesideClientsThatKnowNothingOfIt_LosesWhatTheyFinishOrRenew()
    {
        var results = await ScheduleResults.RunAsync(
            new ScheduleOptions(CleanupMode.Delete, ClientsKnowClaims: false), SchedulesToLoseIn);

        Assert.Multiple(() =>
        {
            Assert.That(results.Losses, Has.Some.Contains("was finished").And.Contains("s3:DeleteObject"));
            Assert.That(results.Losses, Has.Some.Contains("was renewed").And.Contains("s3:AbortMultipartUpload"));
        });
    }
}
