using Dispatcher.Deployment.Schedules;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Inspection;

/// <summary>A validator that finds schedules which start the same job with the same parameters at the same time.</summary>
/// <param name="now">The current time.</param>
/// <param name="findings">Receives the pairs.</param>
internal sealed class DuplicateValidator(DateTimeOffset now, FindingCollection findings)
{
    private static readonly TimeSpan LookAhead = TimeSpan.FromDays(31);

    /// <summary>The number of fire times compared per schedule: two that fire every minute meet at once.</summary>
    private const int MaxTimes = 3000;

    /// <summary>Compares all triggers with the same job and parameters.</summary>
    public void Check(IEnumerable<JobTrigger> jobs)
    {
        foreach (var same in jobs.Where(job => job.Runs && job.Identity is not null).GroupBy(job => job.Identity).Where(
            same => same.Count() > 1))
        {
            CheckRates([.. same.Where(job => job.Trigger.Expression is RateExpression)]);
            CheckTimes(same.Where(job => !job.Trigger.IsApproximate));
        }
    }

    private void CheckRates(IReadOnlyList<JobTrigger> jobs)
    {
        foreach (var often in jobs.GroupBy(job => ((RateExpression)job.Trigger.Expression!).Interval))
        {
            foreach (var other in often.Skip(1))
            {
                Warn(other, often.First(), $", and as often: {other.Trigger.Expression!.Describe()}");
            }
        }
    }

    /// <summary>The start of a rate is unknown, so that it coincides with another schedule only by chance.</summary>
    private void CheckTimes(IEnumerable<JobTrigger> jobs)
    {
        var taken = new Dictionary<DateTimeOffset, JobTrigger>();
        foreach (var job in jobs)
        {
            DateTimeOffset[] times = [.. job.Trigger.FiresAfter(now).TakeWhile(time => time < now + LookAhead).Take(MaxTimes)];
            DateTimeOffset[] common = [.. times.Where(taken.ContainsKey)];
            if (common is [var first, ..] && !(
                job.Trigger.Expression is RateExpression && taken[first].Trigger.Expression is RateExpression))
            {
                var count = $"{(common.Length == MaxTimes ? "at least " : string.Empty)}{Quantity.Count(common.Length, "time")}";
                Warn(job, taken[first],
                    $" at the same time: {count} in the next {LookAhead.Days} days, first at {first.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
            }

            foreach (var time in times)
            {
                taken.TryAdd(time, job);
            }
        }
    }

    private void Warn(JobTrigger job, JobTrigger other, string when)
    {
        var it = job.Target is { } target ? $"Its target '{target}'" : "It";
        var same = other.Target is { } name
            ? $"the target '{name}'{(ReferenceEquals(other.Trigger, job.Trigger) ? string.Empty : $" of {other.Trigger.Resource}")}"
            : other.Trigger.Resource;
        findings.Add(new Finding(
            Severity.Warning,
            job.Trigger.Resource,
            $"{it} starts {job.Job} with the same parameters as {same}{when}. Keep one of them, or give them different parameters.")
        {
            Target = job.Target,
        });
    }
}
