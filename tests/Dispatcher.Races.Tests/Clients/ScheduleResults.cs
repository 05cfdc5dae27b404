using System.Collections.Concurrent;
using System.Globalization;

namespace Dispatcher.Races.Tests.Clients;

/// <summary>The results of many schedules.</summary>
internal sealed class ScheduleResults
{
    private const int MaxShown = 50;
    private const int MaxStories = 3;

    private static readonly TimeSpan LongestSchedule = TimeSpan.FromMinutes(1);

    private readonly ConcurrentBag<(string Loss, string Story)> _losses = [];
    private long _schedules;
    private long _runs;
    private long _changes;
    private long _killed;

    /// <summary>Gets what was lost or untrue, with the seeds.</summary>
    public IEnumerable<string> Losses => _losses.Select(static loss => loss.Loss);

    /// <summary>Runs schedules of consecutive seeds.</summary>
    public static async Task<ScheduleResults> RunAsync(ScheduleOptions options, int count, int firstSeed = 1)
    {
        var results = new ScheduleResults();
        await Parallel.ForAsync(firstSeed, firstSeed + count, async (seed, _) =>
        {
            var schedule = new Schedule(options, seed);
            try
            {
                await schedule.RunAsync().WaitAsync(LongestSchedule, CancellationToken.None);
                await schedule.DisposeAsync();
            }
            catch (TimeoutException)
            {
                schedule.Losses.Add("the schedule has not come to its end");
            }

            results.Add(schedule, $"seed {seed}, {options}");
        });
        return results;
    }

    public static ScheduleResults Join(IEnumerable<ScheduleResults> all)
    {
        var joined = new ScheduleResults();
        foreach (var results in all)
        {
            foreach (var loss in results._losses)
            {
                joined._losses.Add(loss);
            }

            joined._schedules += results._schedules;
            joined._runs += results._runs;
            joined._changes += results._changes;
            joined._killed += results._killed;
        }

        return joined;
    }

    public void AssertNothingLost()
    {
        var shown = _losses.OrderBy(static loss => loss.Story.Length).Take(MaxStories).Select(static loss => $"{loss.Loss}\n{loss.Story}");
        Assert.That(Losses.Order().Take(MaxShown), Is.Empty, string.Join("\n\n", shown));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_schedules:N0} schedules, {_runs:N0} runs, {_killed:N0} of them killed, {_changes:N0} changes; {_losses.Count:N0} losses");

    private void Add(Schedule schedule, string name)
    {
        var (runs, changes, killed) = schedule.Figures;
        Interlocked.Increment(ref _schedules);
        Interlocked.Add(ref _runs, runs);
        Interlocked.Add(ref _changes, changes);
        Interlocked.Add(ref _killed, killed);
        schedule.Losses.ForEach(loss => _losses.Add(($"{name}: {loss}", schedule.Story)));
    }
}
