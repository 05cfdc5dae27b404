using Dispatcher.Cli.Schedules.Expressions;
using Dispatcher.Cli.Terminal;
using Dispatcher.Cli.Validating;

namespace Dispatcher.Cli.Schedules.Checks;

/// <summary>Finds two schedules that start the same job with the same parameters at the same time.</summary>
/// <param name="now">What time it is.</param>
/// <param name="findings">Takes the pairs.</param>
internal sealed class DuplicateCheck(DateTimeOffset now, Findings findings)
{
    private static readonly TimeSpan LookAhead = TimeSpan.FromDays(31);

    /// <summary>Checks every pair.</summary>
    public void Check(IEnumerable<JobTrigger> jobs)
    {
        foreach (var same in jobs.Where(job => job.Runs && job.Identity is not null).GroupBy(job => job.Identity).Where(same => same.Count() > 1))
        {
            JobTrigger[] members = [.. same];
            for (var first = 0; first < members.Length; first++)
            {
                for (var second = first + 1; second < members.Length; second++)
                {
                    Check(members[first], members[second]);
                }
            }
        }
    }

    private void Check(JobTrigger one, JobTrigger other)
    {
        var remedy = $"Keep one of them, or give them different parameters.";
        var what = $"It starts {one.Job} with the same parameters as {one.Trigger.Resource}";
        if ((one.Trigger.Expression, other.Trigger.Expression) is (RateExpression left, RateExpression right))
        {
            if (left.Interval == right.Interval)
            {
                findings.Warning(other.Trigger.Resource, $"{what}, and as often: {left.Describe()}. {remedy}");
            }

            return;
        }

        // When a rate begins is not known, so that it meets a cron expression by chance only.
        if (one.Trigger.IsApproximate || other.Trigger.IsApproximate)
        {
            return;
        }

        var common = Times(one).ToHashSet();
        common.IntersectWith(Times(other));
        if (common.Count > 0)
        {
            findings.Warning(
                other.Trigger.Resource,
                $"{what} at the same time: {Printable.Count(common.Count, "time")} in the next {LookAhead.Days} days, first at {common.Min().UtcDateTime:yyyy-MM-dd HH:mm} UTC. {remedy}");
        }
    }

    private IEnumerable<DateTimeOffset> Times(JobTrigger job) => job.Trigger.FiresAfter(now).TakeWhile(time => time < now + LookAhead);
}
