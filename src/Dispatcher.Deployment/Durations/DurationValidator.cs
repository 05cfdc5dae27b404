using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Triggers;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Durations;

/// <summary>
/// A validator that compares how long jobs run with their intervals, with the function's time limit, and with each other's fire times.
/// </summary>
/// <param name="durations">The durations of the jobs.</param>
/// <param name="now">The current time.</param>
/// <param name="findings">Receives every problem.</param>
public sealed class DurationValidator(JobDurations durations, DateTimeOffset now, FindingCollection findings)
{
    private static readonly TimeSpan LookAhead = TimeSpan.FromDays(7);

    /// <summary>Shorter runs do not burden others.</summary>
    private static readonly TimeSpan Heavy = TimeSpan.FromSeconds(60);

    /// <summary>The number of fire times examined for the shortest interval.</summary>
    private const int Fires = 200;

    /// <summary>Checks all triggers.</summary>
    public void Check(IReadOnlyList<JobTrigger> jobs)
    {
        List<(JobTrigger Job, JobDuration Duration)> known =
            [.. jobs.Where(job => job.Runs).Select(job => (job, durations.For(job.Job!))).Where(pair => pair.Item2 is not null).Select(
                pair => (pair.job, pair.Item2!))];
        foreach (var (job, duration) in known)
        {
            CheckInterval(job, duration);
            CheckTimeout(job, duration);
        }

        known.RemoveAll(pair => pair.Duration.Usual < Heavy);
        NoteUnknownTimes(known);
        List<(JobTrigger Job, JobDuration Duration, DateTimeOffset[] Times)> heavy =
        [
            .. known.Where(pair => !pair.Job.Trigger.IsApproximate && !pair.Job.Trigger.Unknown.ContainsKey(TriggerProperty.Window))
                .Select(pair => (pair.Job, pair.Duration, (
                    DateTimeOffset[])[.. pair.Job.Trigger.FiresAfter(now).TakeWhile(time => time < now + LookAhead)])),
        ];
        for (var first = 0; first < heavy.Count; first++)
        {
            for (var second = first + 1; second < heavy.Count; second++)
            {
                CheckOverlap(heavy[first], heavy[second]);
            }
        }
    }

    /// <summary>A rate counts from its deployment, whose time is not known yet. Without a note the overlap would seem checked.</summary>
    private void NoteUnknownTimes(List<(JobTrigger Job, JobDuration Duration)> heavy)
    {
        foreach (var (job, duration) in heavy.Where(pair => pair.Job.Trigger.IsApproximate && heavy.Count > 1))
        {
            var others = heavy.Select(pair => pair.Job).Where(other => other != job).Select(other => other.Trigger.Resource);
            findings.Note(
                job.Trigger.Resource,
                $"Whether its runs of {Format(duration.Usual)} overlap those of {string.Join(", ", others)} depends on when it is "
                    + $"deployed. A cron expression fixes its times.");
        }
    }

    private void CheckInterval(JobTrigger job, JobDuration duration)
    {
        DateTimeOffset[] fires = [.. job.Trigger.FiresAfter(now).Take(Fires)];
        if (fires.Length < 2)
        {
            return;
        }

        var shortest = fires.Zip(fires.Skip(1), (one, next) => next - one).Min();
        if (duration.Usual > shortest)
        {
            findings.Warning(
                job.Trigger.Resource,
                $"A run of {job.Job} takes {Format(duration)}, longer than the {Format(shortest)} until the next one. Start it less "
                    + $"often, or give it less to do.");
        }
    }

    private void CheckTimeout(JobTrigger job, JobDuration duration)
    {
        if (job.Function is { } function && duration.Usual > function.Timeout)
        {
            findings.Warning(
                job.Trigger.Resource,
                $"A run of {job.Job} takes {Format(duration)}, longer than the Timeout of {function.Resource}: {Format(function.Timeout)}. "
                + "Raise it (900 s at most), or run the job elsewhere.");
        }
    }

    private void CheckOverlap(
        (JobTrigger Job, JobDuration Duration, DateTimeOffset[] Times) one, (
            JobTrigger Job, JobDuration Duration, DateTimeOffset[] Times) other)
    {
        var (count, first) = (0, default(DateTimeOffset));
        var others = other.Times;
        var next = 0;
        foreach (var begin in one.Times)
        {
            while (next < others.Length && End(other.Job, other.Duration, others[next]) <= begin)
            {
                next++;
            }

            if (next < others.Length && others[next] < End(one.Job, one.Duration, begin))
            {
                first = count++ == 0 ? (begin > others[next] ? begin : others[next]) : first;
            }
        }

        if (count > 0)
        {
            findings.Warning(
                other.Job.Trigger.Resource,
                $"{other.Job.Job} ({Format(other.Duration)}) overlaps {one.Job.Job} ({Format(one.Duration)}) of "
                    + $"{one.Job.Trigger.Resource}: "
                + $"{Quantity.Count(count, "time")} in the next {LookAhead.Days} days, first at {first.UtcDateTime:yyyy-MM-dd HH:mm} "
                    + $"UTC. Move one of them.");
        }
    }

    private static DateTimeOffset End(JobTrigger job, JobDuration duration, DateTimeOffset begin) =>
        begin + job.Trigger.Window + duration.Usual;

    private static string Format(JobDuration duration) =>
        $"{Format(duration.Usual)} ({(duration.Runs < 20 ? "the longest" : "95 %")} of {Quantity.Count(duration.Runs, "run")} in "
            + $"{JobDurations.Days} days)";

    private static string Format(TimeSpan time) => Quantity.Duration((long)time.TotalMilliseconds);
}
