using Dispatcher.Races.Tests.Clients;

namespace Dispatcher.Races.Tests;

/// <summary>
/// Four processes that run the cleanup for the same slot at once lose nothing of live clients, write true trails and come to rest: with a
/// run store and without one, whether all goes well or requests fail, processes are killed and clocks differ.
/// </summary>
[Parallelizable]
internal sealed class ConcurrentRunnersTests
{
    private const int Runners = 4;
    private const int Count = 30;
    private const int ManySchedules = 10_000;

    [Test]
    public async Task Run_FourAtOnceBesideClients_LoseNothing(
        [Values] CleanupMode mode, [Values] bool hasStore, [Values] bool isRough) =>
        (await ScheduleResults.RunAsync(Options(mode, hasStore, isRough), Count)).AssertNothingLost();

    [Test]
    [Explicit("Takes minutes.")]
    [Category("Soak")]
    public async Task Run_ManySchedulesOfFourAtOnce_LoseNothing()
    {
        ScheduleOptions[] kinds =
        [
            .. from mode in Enum.GetValues<CleanupMode>()
            from hasStore in new[] { false, true }
            from isRough in new[] { false, true }
            select Options(mode, hasStore, isRough),
        ];
        var all = await Task.WhenAll(kinds.Select(kind =>
            ScheduleResults.RunAsync(kind, SoakSettings.Count(ManySchedules) / kinds.Length + 1, SoakSettings.Seed)));
        var results = ScheduleResults.Join(all);
        SoakSettings.Report(results.ToString());
        results.AssertNothingLost();
    }

    private static ScheduleOptions Options(CleanupMode mode, bool hasStore, bool isRough) =>
        new(mode, ClientsKnowClaims: mode == CleanupMode.Delete) { Runners = Runners, HasStore = hasStore, IsRough = isRough };
}
