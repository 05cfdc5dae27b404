using Dispatcher.Text;

namespace Dispatcher.Reporting.Status;

/// <summary>The delay of a job: a start that was expected and did not come.</summary>
/// <param name="Since">The first start that is missing, as far back as that is known.</param>
/// <param name="Reason">The reason in a few words.</param>
internal sealed record Delay(DateTimeOffset? Since, string Reason)
{
    /// <summary>Clocks differ: a run that began so much earlier than expected is the expected one.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    /// <summary>A run is retried and recorded within this time, however often the job runs.</summary>
    private static readonly TimeSpan LeastGrace = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan MostGrace = TimeSpan.FromHours(2);

    /// <summary>The share of an interval that a start may be late: an hour of a day.</summary>
    private const int GraceShare = 24;

    /// <summary>Finds the delay of a job.</summary>
    /// <param name="facts">What is known about the job.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The delay; <see langword="null"/> if no start is missing.</returns>
    public static Delay? Find(JobFacts facts, DateTimeOffset now) =>
        facts.Limits.Select(age => FindByLimit(age, now)).FirstOrDefault(static delay => delay is not null) ?? facts.Schedule switch
        {
            { Applies: false } => ByRhythmUnlessLimited(facts, now),
            { Interval: { } interval } schedule => ByInterval(facts, schedule, interval, now),
            { } schedule => ByTimes(facts, schedule, now),
            null => facts.IsUnscheduled ? null : ByRhythmUnlessLimited(facts, now),
        };

    /// <summary>Finds the delay of a job or a task that has been without a success for longer than is allowed.</summary>
    /// <param name="age">The limit, and the last success within it.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The delay; <see langword="null"/> if there is a success within the limit.</returns>
    public static Delay? FindByLimit(SuccessAge age, DateTimeOffset now)
    {
        var limit = age.Limit;
        return age.LastSuccess is { } last && now - last <= limit.MaxAge ? null : new Delay(
            age.LastSuccess + limit.MaxAge,
            $"{(limit.Task is { } task ? $"task {task}: " : string.Empty)}no success within {AgeText.For(limit.MaxAge)}, the limit of "
                + limit.Setting);
    }

    /// <summary>Finds the delay of a job by the rhythm of its runs.</summary>
    /// <param name="facts">What is known about the job.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The delay; <see langword="null"/> if no start is missing, or the runs have no rhythm.</returns>
    public static Delay? FindByRhythm(JobFacts facts, DateTimeOffset now)
    {
        if (RunRhythm.Find(facts.Runs.Starts) is not { } rhythm || LastSign(facts) is not { } last)
        {
            return null;
        }

        var allowed = rhythm.Allowed > rhythm.Usual + LeastGrace ? rhythm.Allowed : rhythm.Usual + LeastGrace;
        return now - last > allowed + Capped(facts.Runs.Longest)
            ? new Delay(
                last + rhythm.Usual,
                $"{NoRun(facts)} for {AgeText.For(now - last)}; before, it ran about every {AgeText.For(rhythm.Usual)}"
                    + (facts.Schedule is { HasTimes: false, Description: { } description } ? $"; {description}" : string.Empty))
            : null;
    }

    /// <summary>Who sets a limit knows better than the rhythm how often the job has to run.</summary>
    private static Delay? ByRhythmUnlessLimited(JobFacts facts, DateTimeOffset now) =>
        facts.Limits.Any(static age => age.Limit.Task is null) ? null : FindByRhythm(facts, now);

    private static Delay? ByTimes(JobFacts facts, JobSchedule schedule, DateTimeOffset now)
    {
        var longest = Capped(facts.Runs.Longest);
        var times = schedule.Expected.Where(time => !(time < schedule.ExistsSince)).ToList();
        var due = times.FindLastIndex(time => now >= time + Grace(schedule, longest, NextAfter(schedule, time) - time));
        var last = LastSign(facts);
        if (due < 0 || times[due] - Early <= last)
        {
            return null;
        }

        if (last is null)
        {
            return new Delay(times[due], $"was due {AgeText.For(now - times[due])} ago"
                + (schedule.ExistsSince is null ? "; if its schedule is newer than that, wait for the next start" : string.Empty));
        }

        var first = times.FindIndex(time => time - Early > last);
        return new Delay(times[first], Silence(facts, last.Value, times[first], due - first + 1, isAtLeast: first == 0, now));
    }

    private static Delay? ByInterval(JobFacts facts, JobSchedule schedule, TimeSpan interval, DateTimeOffset now)
    {
        var last = LastSign(facts);
        var begin = schedule.ExistsSince is { } exists && !(last > exists) ? exists : last;
        if (begin is null)
        {
            return new Delay(
                null, $"its schedule starts it every {AgeText.For(interval)}; if that is new, wait for the first start");
        }

        var since = begin.Value + interval;
        return now >= since + Grace(schedule, Capped(facts.Runs.Longest), interval)
            ? new Delay(since, last is null
                ? $"was due {AgeText.For(now - since)} ago"
                : Silence(facts, last.Value, since, (long)((now - since) / interval) + 1, isAtLeast: false, now))
            : null;
    }

    private static string Silence(
        JobFacts facts, DateTimeOffset last, DateTimeOffset since, long missed, bool isAtLeast, DateTimeOffset now) => missed == 1
        ? $"was due {AgeText.For(now - since)} ago"
        : $"{NoRun(facts)} for {AgeText.For(now - last)}, "
            + $"{(isAtLeast ? "at least " : string.Empty)}{Quantity.Number(missed)} starts missed";

    /// <summary>A dry run is a run to whoever sees it in the list, but not the one that is missing.</summary>
    private static string NoRun(JobFacts facts) => facts.Runs is { OnlyPlans: false, Last.DryRun: true } ? "no real run" : "no run";

    /// <summary>Finds the last sign that something starts the job: a run that counts, one that is at work, or one without an end.</summary>
    private static DateTimeOffset? LastSign(JobFacts facts)
    {
        var signs = facts.Running.Select(static run => (DateTimeOffset?)run.Since).Append(facts.Runs.LastCounted?.StartedAt)
            .Append(facts.Unfinished?.StartedAt);
        return signs.Max();
    }

    /// <summary>A run is recorded when it has ended, and its lease may not be visible.</summary>
    private static TimeSpan Grace(JobSchedule schedule, TimeSpan longest, TimeSpan interval)
    {
        var grace = interval / GraceShare;
        return schedule.Window + longest + (grace < LeastGrace ? LeastGrace : grace > MostGrace ? MostGrace : grace);
    }

    private static TimeSpan Capped(TimeSpan longest) => longest < JobSchedule.LookBack / 2 ? longest : JobSchedule.LookBack / 2;

    private static DateTimeOffset NextAfter(JobSchedule schedule, DateTimeOffset time) =>
        schedule.Expected.FirstOrDefault(other => other > time) is var next && next != default ? next : schedule.Next ?? time.AddDays(1);
}
