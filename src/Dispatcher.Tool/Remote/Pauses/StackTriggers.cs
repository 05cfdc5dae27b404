using Amazon.EventBridge;
using Amazon.Scheduler;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>A reader of the rules and schedules of a stack that start jobs.</summary>
/// <param name="stack">The stack.</param>
/// <param name="events">The client of EventBridge.</param>
/// <param name="scheduler">The client of EventBridge Scheduler.</param>
internal sealed class StackTriggers(RemoteStack stack, IAmazonEventBridge events, IAmazonScheduler scheduler)
{
    private const string RuleType = "AWS::Events::Rule";
    private const string ScheduleType = "AWS::Scheduler::Schedule";

    /// <summary>Reads them, in the order of the template.</summary>
    /// <param name="inspection">The template of the stack.</param>
    /// <param name="wanted">Selects the triggers to read.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The triggers: one for each job that a rule or schedule starts.</returns>
    public async Task<IReadOnlyList<StackTrigger>> ReadAsync(
        TemplateInspection inspection, Func<JobTrigger, bool> wanted, CancellationToken cancellationToken)
    {
        var triggers = new List<StackTrigger>();
        var switches = new Dictionary<string, TriggerSwitch>(StringComparer.Ordinal);
        foreach (var found in inspection.Jobs.Where(wanted))
        {
            if (found.Job is not { } job || found.Trigger.Kind == TriggerKind.Queue || Find(found.Trigger) is not { } resource)
            {
                continue;
            }

            if (!switches.TryGetValue(resource.LogicalId, out var deployed))
            {
                deployed = resource.Type == ScheduleType
                    ? await ScheduleSwitch.ReadAsync(scheduler, Split(resource.PhysicalId).Name, GroupOf(resource), cancellationToken)
                    : await RuleSwitch.ReadAsync(events, resource.PhysicalId, BusOf(found.Trigger), cancellationToken);
                switches.Add(resource.LogicalId, deployed);
            }

            // A rule with a schedule and a pattern is two triggers.
            if (!triggers.Exists(other => other.Resource == found.Trigger.Resource && other.Job == job))
            {
                triggers.Add(new StackTrigger(found.Trigger.Resource, job, deployed, OthersOf(found, inspection)));
            }
        }

        return triggers;
    }

    /// <summary>SAM names the rule of an event after the function and the event. What a condition leaves out is not there.</summary>
    private StackResource? Find(Trigger trigger) =>
        stack.Find(trigger.Resource.Replace(".", string.Empty, StringComparison.Ordinal)) is { Type: RuleType or ScheduleType } resource
            ? resource
            : null;

    /// <summary>Schedules of a generated template are in the group of the stack.</summary>
    private string? GroupOf(StackResource schedule) => Split(schedule.PhysicalId).Group ?? stack.Find("ScheduleGroup")?.PhysicalId;

    private static (string? Group, string Name) Split(string physicalId) =>
        physicalId.Split('/', '|') is [var group, var name] ? (group, name) : (null, physicalId);

    private string? BusOf(Trigger trigger) => trigger.Bus switch
    {
        "default" => null,
        ['$', '{', .. var name, '}'] => stack.Find(name.Split('.')[0])?.PhysicalId,
        var bus => bus,
    };

    private static IReadOnlyList<string> OthersOf(JobTrigger found, TemplateInspection inspection)
    {
        var jobs = inspection.Jobs.Where(other => other.Trigger.Resource == found.Trigger.Resource && other.Job != found.Job)
            .Select(other => other.Job).OfType<string>();
        var targets = found.Trigger.Targets
            .Where(target => found.Function is not { } function || !target.Arn.Contains(function.Resource, StringComparison.Ordinal))
            .Select(static target => target.Id ?? target.Arn);
        return [.. jobs.Concat(targets).Distinct(StringComparer.Ordinal)];
    }
}
