using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Deployment.Templates;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Triggers;

/// <summary>A reader of the triggers of a template.</summary>
/// <param name="findings">Receives expressions, zones and times that AWS would reject.</param>
internal sealed class TriggerReader(FindingCollection findings)
{
    /// <summary>Reads the triggers, in the order of the template.</summary>
    public IReadOnlyList<Trigger> Read(Template template) =>
        [.. template.Resources.SelectMany(
            resource => resource.IsDeployed ? Read(template, resource) : ReadNotDeployed(template, resource))];

    /// <summary>What other parameters would deploy may lack its values: nothing that is wrong with it is an error.</summary>
    private List<Trigger> ReadNotDeployed(Template template, TemplateResource resource)
    {
        var problems = new FindingCollection();
        List<Trigger> triggers = [.. new TriggerReader(problems).Read(template, resource)];
        foreach (var problem in problems.Where(_ => triggers.Count > 0 && !triggers.Exists(trigger => trigger.ExpressionText is "")))
        {
            findings.Warning(problem.Resource, $"{problem.Message} With the given parameters it is not deployed.");
        }

        return triggers;
    }

    private IEnumerable<Trigger> Read(Template template, TemplateResource resource) => resource.Type switch
    {
        "AWS::Events::Rule" => ReadRule(resource),
        "AWS::Scheduler::Schedule" => [ReadSchedule(resource)],
        "AWS::Lambda::EventSourceMapping" => ReadMapping(template, resource),
        "AWS::Serverless::Function" or "AWS::Serverless::StateMachine" =>
            (resource.Properties["Events"] as JsonObject ?? []).SelectMany(entry => ReadEvent(resource, entry.Key, entry.Value)),
        _ => [],
    };

    private static Trigger Begin(TemplateResource resource, string? name = null) => new(
        name is null ? resource.Name : $"{resource.Name}.{name}",
        TriggerKind.ScheduleRule,
        resource.IsDeployed ? TriggerState.Enabled : TriggerState.NotDeployed)
    {
        Condition = resource.Condition,
    };

    /// <summary>A rule may have both and then fires for either.</summary>
    private IEnumerable<Trigger> ReadRule(TemplateResource resource)
    {
        var rule = resource.Properties;
        List<TriggerTarget> targets = [.. rule["Targets"].Items().Select(target => ReadTarget(target)).OfType<TriggerTarget>()];
        CheckState(resource.Name, rule);
        var begun = Switch(Begin(resource), rule) with { Bus = rule["EventBusName"].Text() ?? "default", Targets = targets };
        if (rule["ScheduleExpression"].Text() is { Length: > 0 } schedule)
        {
            yield return Schedule(begun, schedule, ExpressionHost.Rule);
        }

        if (rule["EventPattern"] is { } pattern)
        {
            yield return begun with { Kind = TriggerKind.EventRule, Pattern = ReadPattern(pattern, begun.Resource) };
        }
        else if (rule["ScheduleExpression"].Text() is not { Length: > 0 })
        {
            findings.Error(
                resource.Name, "The rule has neither ScheduleExpression nor EventPattern, so nothing starts it. Add one of them.");
        }
    }

    private IEnumerable<Trigger> ReadEvent(TemplateResource function, string name, JsonNode? source)
    {
        var properties = source.Field("Properties") as JsonObject ?? [];
        var begun = Switch(Begin(function, name), properties);
        var target = ReadTarget(
            properties, function.Type == "AWS::Serverless::StateMachine" ? $"${{{function.Name}}}" : $"${{{function.Name}.Arn}}");
        switch (source.Field("Type").Text())
        {
            case "Schedule":
                yield return Schedule(
                    begun with { Targets = Some(target) }, properties["Schedule"].Text() ?? string.Empty, ExpressionHost.Rule);
                break;
            case "ScheduleV2":
                new SchedulerValidator(begun.Resource, findings).CheckEvent(properties);
                yield return ReadSchedule(begun, properties, target);
                break;
            case "EventBridgeRule" or "CloudWatchEvent":
                yield return begun with
                {
                    Kind = TriggerKind.EventRule,
                    Pattern = ReadPattern(properties["Pattern"], begun.Resource),
                    Bus = properties["EventBusName"].Text() ?? "default",
                    Targets = Some(target),
                };
                break;
            case "SQS":
                yield return begun with { Kind = TriggerKind.Queue, Queue = properties["Queue"].Text(), Targets = Some(target) };
                break;
        }
    }

    private static IEnumerable<Trigger> ReadMapping(Template template, TemplateResource resource)
    {
        if (resource.Properties["FunctionName"].Text() is { } function && resource.Properties["EventSourceArn"].Text() is { } source
            && IsQueue(template, source, resource.Properties["StartingPosition"] is not null))
        {
            yield return Switch(Begin(resource), resource.Properties) with
            {
                Kind = TriggerKind.Queue, Queue = source, Targets = [new TriggerTarget(null, function)],
            };
        }
    }

    /// <summary>Streams hand over other batches, which the dispatcher refuses; each mapping of one has a starting position.</summary>
    private static bool IsQueue(Template template, string source, bool hasPosition) =>
        !hasPosition && (template.TypeOf(source) is { } type ? type == "AWS::SQS::Queue"
            : !source.StartsWith("arn:", StringComparison.Ordinal) || source.Split(':') is [_, _, "sqs", ..]);

    private Trigger ReadSchedule(TemplateResource resource)
    {
        new SchedulerValidator(resource.Name, findings).Check(resource.Properties);
        return ReadSchedule(Begin(resource), resource.Properties, ReadTarget(resource.Properties["Target"]));
    }

    private void CheckState(string resource, JsonObject rule)
    {
        if (rule["State"].Text() is { } state && !TemplateNames.IsUnknown(state)
            && state is not ("ENABLED" or "DISABLED" or "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"))
        {
            findings.Error(resource, $"State is '{PayloadText.Shorten(state)}'. Write ENABLED or DISABLED.");
        }
    }

    private Trigger ReadSchedule(Trigger begun, JsonObject source, TriggerTarget? target)
    {
        var zone = TimeZoneInfo.Utc;
        if (source["ScheduleExpressionTimezone"].Text() is { } name && !TemplateNames.IsUnknown(name))
        {
            zone = TimeZones.Find(name, out var problem);
            if (zone is null)
            {
                findings.Error(begun.Resource, problem);
            }
        }

        var window = source["FlexibleTimeWindow"];
        var (start, end) = (ReadTime(source, "StartDate", begun.Resource), ReadTime(source, "EndDate", begun.Resource));
        if (start >= end)
        {
            findings.Error(
                begun.Resource,
                $"EndDate ({SampleEvents.Write(end.Value)}) is not after StartDate ({SampleEvents.Write(start.Value)}).");
        }

        var trigger = Switch(begun, source) with
        {
            Kind = TriggerKind.Scheduler,
            Zone = zone ?? TimeZoneInfo.Utc,
            Start = start,
            End = end,
            Window = TimeSpan.FromMinutes(
                window.Field("Mode").Text() == "FLEXIBLE" ? window.Field("MaximumWindowInMinutes").Number() ?? 0 : 0),
            Targets = Some(target),
        };
        return Schedule(trigger, source["ScheduleExpression"].Text() ?? string.Empty, ExpressionHost.Scheduler);
    }

    private Trigger Schedule(Trigger begun, string text, ExpressionHost host) => begun with
    {
        ExpressionText = text,
        Expression = TemplateNames.IsUnknown(text) ? null : new ExpressionReader(begun.Resource, findings).Read(text, host),
    };

    private DateTimeOffset? ReadTime(JsonObject source, string field, string resource)
    {
        if (source[field].Text() is not { } text || TemplateNames.IsUnknown(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        findings.Error(resource, $"{field} is '{text}', which is not a time. Write 2026-11-22T03:00:00Z.");
        return null;
    }

    private static Trigger Switch(Trigger trigger, JsonObject source)
    {
        var isOff = source["State"].Text() is { } state ? state.StartsWith(
            "DISABLED", StringComparison.Ordinal) : source["Enabled"].Text() == "false";
        return isOff && trigger.State == TriggerState.Enabled ? trigger with { State = TriggerState.Disabled } : trigger;
    }

    private static TriggerTarget[] Some(TriggerTarget? target) => target is null ? [] : [target];

    private static TriggerTarget? ReadTarget(JsonNode? source, string? arn = null)
    {
        // What is not an object is a value that only a deployment knows.
        if ((arn ?? (source as JsonValue ?? source.Field("Arn")).Text()) is not { } address)
        {
            return null;
        }

        var transformer = source.Field("InputTransformer");
        return new TriggerTarget((source.Field("Id") ?? source.Field("Target").Field("Id")).Text(), address)
        {
            Input = source.Field("Input").Text(),
            InputPath = source.Field("InputPath").Text(),
            Transformer = transformer is null ? null : new InputTransformer(
                (transformer.Field("InputPathsMap") as JsonObject ?? []).ToDictionary(
                    path => path.Key, path => path.Value.Text() ?? string.Empty),
                transformer.Field("InputTemplate").Text()),
        };
    }

    /// <summary>Some templates contain the pattern as text.</summary>
    private JsonObject? ReadPattern(JsonNode? source, string resource)
    {
        try
        {
            var text = source?.GetValueKind() == JsonValueKind.String ? source.GetValue<string>() : source?.ToJsonString();
            if (source is JsonValue && TemplateNames.IsUnknown(text))
            {
                return null;
            }

            if (text is not null && JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } pattern)
            {
                // Text that is refused may have a field twice, which a JsonObject cannot hold.
                return new PatternValidator(findings).Check(pattern, resource) ? (JsonObject)JsonNode.Parse(text)! : null;
            }
        }
        catch (JsonException)
        {
            // Reported below, like every other value that is not an object.
        }

        findings.Error(resource, "The event pattern is not a JSON object. Write {\"source\":[\"…\"],\"detail-type\":[\"…\"]}.");
        return null;
    }
}
