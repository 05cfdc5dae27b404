using Dispatcher.Deployment;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The content of 'schedules'.</summary>
/// <param name="Path">The template's file.</param>
/// <param name="Inspection">What was found in it.</param>
/// <param name="Zone">The time zone of the output.</param>
/// <param name="Now">The current time.</param>
/// <param name="Next">How many times to show of each schedule.</param>
/// <param name="All">Whether to show what is not deployed.</param>
internal sealed record ScheduleListing(
    string Path, TemplateInspection Inspection, TimeZoneInfo Zone, DateTimeOffset Now, int Next, bool All)
{
    /// <summary>Gets what is shown.</summary>
    public IReadOnlyList<JobTrigger> Shown =>
        [.. Inspection.Jobs.Where(job => All || job.Trigger.State != TriggerState.NotDeployed)];

    /// <summary>
    /// Lists the next times of a trigger: as many as are wanted at which it fires, and those between that the clock jumps over.
    /// </summary>
    public IReadOnlyList<FireTime> NextOf(Trigger trigger)
    {
        var times = new List<FireTime>();
        var fires = 0;
        foreach (var fire in trigger.FireTimesAfter(Now))
        {
            times.Add(fire);
            if (fire.Kind != FireTimeKind.Skipped && ++fires == Next)
            {
                break;
            }
        }

        return times;
    }

    /// <summary>Lists what was found about a trigger: about one of its targets with that target, everything else with the first.</summary>
    public IEnumerable<Finding> FindingsOf(JobTrigger job)
    {
        List<JobTrigger> same = [.. Shown.Where(other => other.Trigger.Resource == job.Trigger.Resource)];
        return Inspection.Findings.Where(finding => finding.Resource == job.Trigger.Resource
            && ReferenceEquals(job, same.Find(other => finding.Target is { } target && other.Target == target) ?? same[0]));
    }

    /// <summary>Lists what was found about anything that is not shown.</summary>
    public IReadOnlyList<Finding> OtherFindings
    {
        get
        {
            var shown = Shown.Select(job => job.Trigger.Resource).ToHashSet(StringComparer.Ordinal);
            return [.. Inspection.Findings.Where(finding => !shown.Contains(finding.Resource))];
        }
    }

    /// <summary>Counts the triggers in a state.</summary>
    public int CountOf(TriggerState state) => Inspection.Jobs.Count(job => job.Trigger.State == state);
}
