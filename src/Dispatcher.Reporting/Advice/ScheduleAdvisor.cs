using Dispatcher.Hosting;
using Dispatcher.Reporting.Status;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Advice;

/// <summary>An advisor on schedules, by the runs of the history: how often they find work, and which schedule would cost less.</summary>
public static class ScheduleAdvisor
{
    /// <summary>Fewer runs that show whether there was work are too little history.</summary>
    public const int LeastRuns = 20;

    /// <summary>A shorter history does not have each day of the week.</summary>
    public const int LeastDays = 7;

    private const double HoursOfMonth = 730;
    private const double Tolerance = 0.1;

    /// <summary>The share of the intervals that are the same in a regular schedule, as in the rule of the status.</summary>
    private const double RegularShare = 0.7;

    /// <summary>A schedule has to save a tenth of the runs: less is not worth a change.</summary>
    private const double LeastSaving = 0.1;

    private static readonly int[] UsualAges = [1, 6, 24];

    /// <summary>Reads the history and advises on each job and task.</summary>
    /// <param name="history">The history.</param>
    /// <param name="job">The only job; all jobs if <see langword="null"/>.</param>
    /// <param name="since">The beginning of the history that is looked at.</param>
    /// <param name="maxAge">The longest time that work may wait; <see langword="null"/>: an hour, six hours and a day are compared.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The advice, by job and task.</returns>
    public static async Task<IReadOnlyList<ScheduleAdvice>> ReadAsync(
        IRunHistory history, string? job, DateTimeOffset since, TimeSpan? maxAge, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        var runs = new SortedDictionary<(string Job, string Task), List<AdviceRun>>();
        await foreach (var run in history.ListAsync(new RunQuery { Job = job, Since = since }, cancellationToken))
        {
            var key = (run.Job, run.Task ?? string.Empty);
            if (!runs.TryGetValue(key, out var known))
            {
                runs[key] = known = [];
            }

            if (AdviceRun.From(run) is { } shown)
            {
                known.Add(shown);
            }
        }

        return [.. runs.Select(pair => Advise(
            pair.Key.Job, pair.Key.Task.Length > 0 ? pair.Key.Task : null, [.. pair.Value.OrderBy(static run => run.StartedAt)], maxAge))];
    }

    private static ScheduleAdvice Advise(string job, string? task, IReadOnlyList<AdviceRun> runs, TimeSpan? maxAge)
    {
        var advice = new ScheduleAdvice(job, task, AdviceVerdict.TooLittleHistory, string.Empty)
        {
            Runs = runs.Count, EmptyRuns = runs.Count(static run => !run.FoundWork),
        };
        var span = runs.Count < 2 ? TimeSpan.Zero : runs[^1].StartedAt - runs[0].StartedAt;
        if (runs.Count < LeastRuns || span.TotalDays < LeastDays - 1)
        {
            return advice with
            {
                Reason = $"{Quantity.Count(runs.Count, "run")} within {AgeText.For(span)} {(runs.Count == 1 ? "shows" : "show")} too "
                    + $"little: at least {LeastRuns} runs over {LeastDays} days are needed. Look further back with --since, or wait.",
            };
        }

        advice = advice with { EmptyHours = FindEmptyHours(runs), RunsPerMonth = (runs.Count - 1) / span.TotalHours * HoursOfMonth };
        if (FindInterval(runs) is not { } interval)
        {
            return advice with
            {
                Verdict = AdviceVerdict.NoRegularSchedule,
                Reason = "the runs have no regular interval: events or people start them, and no schedule would do the same",
            };
        }

        advice = advice with { Interval = interval };
        ScheduleOption[] options = [.. (maxAge is { } only ? [only] : UsualAges.Select(static hours => TimeSpan.FromHours(hours)))
            .Select(age => FindOption(advice, runs, age)).OfType<ScheduleOption>().DistinctBy(static option => option.LongestWait)];
        return options.Length == 0
            ? advice with { Verdict = AdviceVerdict.Keep, Reason = DescribeKeep(interval, maxAge) }
            : advice with { Verdict = AdviceVerdict.Change, Options = options, Reason = DescribeWork(advice) };
    }

    private static string DescribeKeep(TimeSpan interval, TimeSpan? maxAge) => maxAge is { } age
        ? $"it runs every {AgeText.For(interval)}, and no rarer schedule leaves nothing longer than {AgeText.For(age)}"
        : $"it runs every {AgeText.For(interval)}. Set --max-age-hours to compare with rarer schedules than once a day";

    private static string DescribeWork(ScheduleAdvice advice) => advice.EmptyRuns switch
    {
        0 => "each run found work: rarer runs do the same work in fewer, longer runs",
        _ when advice.EmptyRuns == advice.Runs => "no run proposed a change: ask whether the job is needed, unless it only reports",
        _ => $"{Quantity.Number(advice.Runs - advice.EmptyRuns)} of {Quantity.Count(advice.Runs, "run")} found work",
    };

    /// <summary>Finds the schedule with the fewest runs, and among those the one after which work has waited least.</summary>
    private static ScheduleOption? FindOption(ScheduleAdvice advice, IReadOnlyList<AdviceRun> runs, TimeSpan maxAge)
    {
        var rarest = ScheduleCandidate.All.Where(candidate => candidate.Interval <= maxAge).Select(static candidate => candidate.Interval)
            .DefaultIfEmpty().Max();
        var runsPerMonth = HoursOfMonth / rarest.TotalHours;
        if (rarest <= advice.Interval || runsPerMonth > advice.RunsPerMonth * (1 - LeastSaving))
        {
            return null;
        }

        // What a run found may have come right after the run before.
        List<DateTimeOffset> work = [.. runs.Zip(runs.Skip(1)).Where(static pair => pair.Second.FoundWork)
            .Select(static pair => pair.First.StartedAt)];
        var (best, wait) = ScheduleCandidate.All.Where(candidate => candidate.Interval == rarest)
            .Select(candidate => (Candidate: candidate, Wait: AverageWait(candidate, work)))
            .MinBy(static pair => pair.Wait ?? TimeSpan.Zero);
        var saved = advice.RunsPerMonth - runsPerMonth;
        return new ScheduleOption(best.Expression, rarest, runsPerMonth, saved)
        {
            AverageWait = wait, SavedGigabyteSecondsPerMonth = FindSaving(advice, runs, saved),
        };
    }

    private static TimeSpan? AverageWait(ScheduleCandidate candidate, List<DateTimeOffset> work) => work.Count == 0
        ? null
        : TimeSpan.FromTicks((long)work.Average(time => (double)candidate.WaitFrom(time).Ticks));

    private static double? FindSaving(ScheduleAdvice advice, IReadOnlyList<AdviceRun> runs, double saved)
    {
        var used = runs.Where(static run => !run.FoundWork).Select(static run => run.GigabyteSeconds).OfType<double>().ToList();
        return used.Count == 0
            ? null
            : used.Average() * Math.Min(saved, advice.RunsPerMonth * advice.EmptyRuns / advice.Runs);
    }

    private static int[] FindEmptyHours(IReadOnlyList<AdviceRun> runs) =>
    [
        .. runs.GroupBy(static run => run.StartedAt.UtcDateTime.Hour)
            .Where(static hour => hour.All(static run => !run.FoundWork)).Select(static hour => hour.Key).Order(),
    ];

    private static TimeSpan? FindInterval(IReadOnlyList<AdviceRun> runs)
    {
        List<TimeSpan> intervals = [.. runs.Zip(runs.Skip(1), static (first, second) => second.StartedAt - first.StartedAt).Order()];
        var median = intervals[intervals.Count / 2];
        return intervals.Count(interval => (interval - median).Duration() <= median * Tolerance) >= intervals.Count * RegularShare
            ? median
            : null;
    }
}
