using System.Text.Json;
using Dispatcher.Deployment.Payloads;
using Dispatcher.Deployment.Templates;
using Dispatcher.Deployment.Triggers;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Inspection;

/// <summary>A validator that checks a single trigger: its fire times, its event bus, its targets and their input.</summary>
/// <param name="template">The template.</param>
/// <param name="functions">The functions that run the dispatcher.</param>
/// <param name="payloads">The payload validators of the functions.</param>
/// <param name="now">The current time.</param>
/// <param name="findings">Receives every problem.</param>
internal sealed class TriggerValidator(
    Template template,
    IReadOnlyList<DispatcherFunction> functions,
    IReadOnlyDictionary<DispatcherFunction, PayloadValidator> payloads,
    DateTimeOffset now,
    FindingCollection findings)
{
    /// <summary>The maximum length of an Input or an InputTemplate.</summary>
    private const int MaxInput = 8192;

    /// <summary>Checks a trigger.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <returns>One for each target that is the dispatcher; at least one.</returns>
    public IReadOnlyList<JobTrigger> Check(Trigger trigger)
    {
        // What is not deployed may lack its parameters.
        var isDeployed = trigger.State != TriggerState.NotDeployed && !trigger.Unknown.ContainsKey(TriggerProperty.Condition);
        var found = isDeployed ? findings : new FindingCollection();
        CheckTimes(trigger, found);
        CheckBus(trigger, found);
        if (trigger.Targets.Count == 0)
        {
            found.Error(
                trigger.Resource,
                "It has no target, so it starts nothing. Add the function: "
                    + "{\"Id\":\"dispatcher\",\"Arn\":{\"Fn::GetAtt\":[\"FUNCTION\",\"Arn\"]}}.");
        }

        List<JobTrigger> jobs = [.. trigger.Targets.Select(target => CheckOne(trigger, target, found)).OfType<JobTrigger>()];
        if (trigger.State == TriggerState.Unknown && !isDeployed)
        {
            foreach (var finding in found)
            {
                findings.Add(finding.Severity == Severity.Note ? finding : finding with
                {
                    Severity = Severity.Warning, Message = $"{finding.Message} Whether it is deployed is not known.",
                });
            }
        }

        return jobs.Count > 0 ? jobs : [new JobTrigger(trigger, null, null, null, null)];
    }

    /// <summary>Checks one of several targets: what is wrong with it is not said of the others.</summary>
    private JobTrigger? CheckOne(Trigger trigger, TriggerTarget target, FindingCollection found)
    {
        if (trigger.NameOf(target) is not { } name)
        {
            return Check(trigger, target, found);
        }

        var own = new FindingCollection();
        var job = Check(trigger, target, own);
        foreach (var finding in own)
        {
            var message = finding.Severity == Severity.Note ? finding.Message : $"Target '{name}': {finding.Message}";
            found.Add(finding with { Target = name, Message = message });
        }

        return job is null ? null : job with { Target = name };
    }

    private void CheckTimes(Trigger trigger, FindingCollection found)
    {
        if (trigger.Expression is null || trigger.WhyTimesAreUnknown is not null || trigger.FiresAfter(now).Any())
        {
            return;
        }

        var ended = trigger.End is { } end ? $" It ends at {SampleEvents.Write(end)}." : string.Empty;
        found.Error(
            trigger.Resource,
            $"{trigger.ExpressionText} will never fire: all its times are in the past, or no date matches its day fields.{ended} Correct "
                + $"its year or its days, or remove it.");
    }

    private void CheckBus(Trigger trigger, FindingCollection found)
    {
        var isCustom = trigger.Bus is not "default" && !trigger.Bus.EndsWith("/default", StringComparison.Ordinal)
            && (!TemplateNames.IsUnknown(trigger.Bus) || template.IsResource(trigger.Bus));
        if (trigger.Kind == TriggerKind.ScheduleRule && isCustom)
        {
            found.Error(
                trigger.Resource,
                $"A rule with a schedule must be on the default event bus, but this one is on '{trigger.Bus}'. "
                + "Remove EventBusName, or use an AWS::Scheduler::Schedule.");
        }
    }

    private JobTrigger? Check(Trigger trigger, TriggerTarget target, FindingCollection found)
    {
        if (functions.FirstOrDefault(function => function.Matches(target.Arn)) is not { } own)
        {
            var name = target.Id is { } id ? $"target '{id}'" : "target";
            found.Note(trigger.Resource, $"Its {name} is {target.Arn}, not the dispatcher: its input is not checked.");
            return null;
        }

        if (trigger.Kind == TriggerKind.Queue || !CheckInput(trigger, target, found))
        {
            return new JobTrigger(trigger, own, null, null, null);
        }

        var input = new DeliveredInput(trigger, found);
        var time = trigger.FiresAfter(now).FirstOrDefault(now);
        JobTrigger? job = null;
        foreach (var text in SampleEvents.For(trigger, time, template.Defaults).Select(@event => input.For(target, @event)))
        {
            var outcome = text is null ? null : Read(trigger, target, own, text, found);
            job ??= new JobTrigger(trigger, own, outcome?.Job, text, outcome?.Identity);
        }

        return job ?? new JobTrigger(trigger, own, null, null, null);
    }

    /// <summary>Determines whether EventBridge could build an input.</summary>
    private static bool CheckInput(Trigger trigger, TriggerTarget target, FindingCollection found)
    {
        foreach (var (name, text) in new[] { ("Input", target.Input), ("InputTemplate", target.Transformer?.Template) })
        {
            if (trigger.Kind != TriggerKind.Scheduler && text?.Length > MaxInput)
            {
                found.Error(
                    trigger.Resource,
                    $"Its {name} has {Quantity.Number(text.Length)} characters; EventBridge accepts {Quantity.Number(MaxInput)}. "
                    + "Send settings, and let the job read its data.");
            }
        }

        if (((object?[])[target.Input, target.InputPath, target.Transformer]).Count(one => one is not null) > 1)
        {
            found.Error(trigger.Resource, "Its target has more than one of Input, InputPath and InputTransformer. Keep one.");
            return false;
        }

        if (target.Transformer is { Template: null })
        {
            found.Error(
                trigger.Resource,
                "The InputTransformer has no InputTemplate. Write one, such as {\"job\":\"NAME\",\"id\":<id>,\"scheduledTime\":<time>}.");
            return false;
        }

        return true;
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private PayloadOutcome Read(Trigger trigger, TriggerTarget target, DispatcherFunction function, string text, FindingCollection found)
    {
        if (TemplateNames.IsUnknown(text) && !IsJson(text))
        {
            return new PayloadOutcome(null, [], null);
        }

        var outcome = payloads[function].Check(text);
        foreach (var problem in outcome.Problems)
        {
            found.Error(trigger.Resource, target.Transformer is not null && problem.Contains("is not JSON", StringComparison.Ordinal)
                ? $"Its InputTransformer does not produce JSON: {PrintableText.Escape(PrintableText.Truncate(text, 200))} Check the "
                    + $"quotes: a variable outside quotes, \"id\":<id>, adds its own."
                : problem);
        }

        return outcome;
    }
}
