using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Triggers;
using Dispatcher.Reporting.Status;
using Dispatcher.Tool.Commands.Deployment;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>The schedules and pauses of the jobs as a template has them, in the terms of the rule.</summary>
internal static class TemplateSchedules
{
    /// <summary>Enough times to count what a job has missed.</summary>
    private const int Enough = 100;

    /// <summary>The periods that are searched for times, until there are enough; the last one only if there are not even two.</summary>
    private static readonly TimeSpan[] Periods = [JobSchedule.LookBack, TimeSpan.FromDays(8), TimeSpan.FromDays(40)];
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(800);

    /// <summary>Reads the schedules.</summary>
    /// <param name="inspection">The template.</param>
    /// <param name="now">The current time.</param>
    /// <param name="apply">Whether the runs that they start are in the store.</param>
    /// <returns>The schedules, by job.</returns>
    public static Dictionary<string, JobSchedule> Read(TemplateInspection inspection, DateTimeOffset now, bool apply) =>
        Group(inspection).ToDictionary(
            static job => job.Key,
            job => Combine([.. job.Where(static trigger => trigger.State == TriggerState.Enabled)], now) with
            {
                Applies = apply && job.Any(static trigger => trigger.State is TriggerState.Enabled or TriggerState.Disabled),
                Description = Describe([.. job]),
            },
            StringComparer.Ordinal);

    /// <summary>Reads the pauses: of the jobs whose triggers are all switched off.</summary>
    /// <param name="inspection">The template.</param>
    /// <returns>The pauses, by job.</returns>
    public static Dictionary<string, JobPause> ReadPauses(TemplateInspection inspection) =>
        Group(inspection)
            .Where(static job => job.Any(static trigger => trigger.State == TriggerState.Disabled)
                && job.All(static trigger => trigger.State is TriggerState.Disabled or TriggerState.NotDeployed))
            .ToDictionary(
                static job => job.Key, static _ => new JobPause("its schedule is disabled in the template"), StringComparer.Ordinal);

    private static IEnumerable<IGrouping<string, Trigger>> Group(TemplateInspection inspection) =>
        inspection.Jobs.Where(static job => job is { Job: not (null or ['$', ..]), Function: not null }).GroupBy(
            static job => job.Job!, static job => job.Trigger, StringComparer.Ordinal);

    private static JobSchedule Combine(List<Trigger> triggers, DateTimeOffset now)
    {
        var exact = triggers.Where(static trigger => trigger is { Expression: not null, IsApproximate: false }).ToList();
        var expected = Past(exact, now);
        var next = exact.SelectMany(trigger => trigger.FiresAfter(now).Take(1)).Select(static time => (DateTimeOffset?)time).Min();
        var interval = triggers.Where(static trigger => trigger.IsApproximate)
            .Select(trigger => IntervalOf(trigger, now)).Min();
        var gap = next is null || expected.Count == 0 ? null : next - expected[^1];
        return interval is null || gap <= interval
            ? new JobSchedule { Expected = expected, Next = next, Window = WindowOf(exact) }
            : new JobSchedule { Interval = interval, Next = next, Window = WindowOf(triggers) };
    }

    private static TimeSpan? IntervalOf(Trigger trigger, DateTimeOffset now) =>
        trigger.FiresAfter(now).Take(2).ToList() is [var first, var second] ? second - first : null;

    private static TimeSpan WindowOf(List<Trigger> triggers) => triggers.Select(static trigger => trigger.Window).DefaultIfEmpty().Max();

    private static List<DateTimeOffset> Past(List<Trigger> triggers, DateTimeOffset now)
    {
        var times = new List<DateTimeOffset>();
        foreach (var period in Periods)
        {
            times = Within(triggers, now, period);
            if (times.Count >= Enough)
            {
                return times;
            }
        }

        return times.Count >= 2 ? times : [.. Within(triggers, now, LongestPeriod).TakeLast(2)];
    }

    private static List<DateTimeOffset> Within(List<Trigger> triggers, DateTimeOffset now, TimeSpan period) =>
        [.. triggers.SelectMany(trigger => trigger.FiresAfter(now - period).TakeWhile(time => time <= now)).Distinct().Order()];

    private static string Describe(List<Trigger> triggers)
    {
        var enabled = triggers.FindAll(static trigger => trigger.State == TriggerState.Enabled);
        return enabled.Count > 0 ? string.Join("; ", enabled.Select(DescribeStart).Distinct(StringComparer.Ordinal))
            : triggers.Find(static trigger => trigger.State == TriggerState.NotDeployed) is { Condition: { } condition }
                ? $"not deployed by the template: condition {condition}"
                : triggers.Exists(static trigger => trigger.State == TriggerState.Unknown) ? "only a deployment knows its state"
                : "disabled in the template";
    }

    private static string DescribeStart(Trigger trigger) => trigger.Kind switch
    {
        TriggerKind.EventRule => "started by events",
        TriggerKind.Queue => "started by messages",
        _ => FireTimeFormat.Describe(trigger),
    };
}
