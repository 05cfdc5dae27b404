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
    private readonly ScheduleReader _schedules = new(findings);

    /// <summary>Reads the triggers, in the order of the template.</summary>
    public IReadOnlyList<Trigger> Read(Template template) =>
        [.. template.Resources.SelectMany(
            resource => resource.IsDeployed == true ? Read(template, resource) : ReadNotDeployed(template, resource))];

    /// <summary>What other parameters would deploy may lack its values: nothing that is wrong with it is an error.</summary>
    private List<Trigger> ReadNotDeployed(Template template, TemplateResource resource)
    {
        var problems = new FindingCollection();
        List<Trigger> triggers = [.. new TriggerReader(problems).Read(template, resource)];
        foreach (var problem in problems.Where(_ => triggers.Count > 0 && !triggers.Exists(trigger => trigger.ExpressionText is "")))
        {
            findings.Warning(
                problem.Resource,
                resource.IsDeployed is null ? $"{problem.Message} Whether it is deployed is not known."
                    : $"{problem.Message} With the given parameters it is not deployed.");
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
        resource.IsDeployed switch
        {
            true => TriggerState.Enabled,
            false => TriggerState.NotDeployed,
            null => TriggerState.Unknown,
        })
    {
        Condition = resource.Condition,
        Unknown = resource.IsDeployed is null
            ? new Dictionary<string, string> { [TriggerProperty.Condition] = resource.Condition! }
            : [],
    };

    /// <summary>A rule may have both and then fires for either.</summary>
    private IEnumerable<Trigger> ReadRule(TemplateResource resource)
    {
        var rule = resource.Properties;
        List<TriggerTarget> targets =
            [.. rule["Targets"].Items().Select(target => ReadTarget(resource.Name, target)).OfType<TriggerTarget>()];
        CheckState(resource.Name, rule);
        var begun = ScheduleReader.Switch(Begin(resource), rule) with { Bus = rule["EventBusName"].Text() ?? "default", Targets = targets };
        if (rule["ScheduleExpression"].Text() is { Length: > 0 } schedule)
        {
            yield return _schedules.ReadExpression(begun, schedule, ExpressionHost.Rule);
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
        var begun = ScheduleReader.Switch(Begin(function, name), properties);
        var target = ReadTarget(
            begun.Resource,
            properties, function.Type == "AWS::Serverless::StateMachine" ? $"${{{function.Name}}}" : $"${{{function.Name}.Arn}}");
        switch (source.Field("Type").Text())
        {
            case "Schedule":
                yield return _schedules.ReadExpression(
                    begun with { Targets = Some(target) }, properties["Schedule"].Text() ?? string.Empty, ExpressionHost.Rule);
                break;
            case "ScheduleV2":
                new SchedulerValidator(begun.Resource, findings).CheckEvent(properties);
                yield return _schedules.ReadScheduler(begun, properties, target);
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
            yield return ScheduleReader.Switch(Begin(resource), resource.Properties) with
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
        return _schedules.ReadScheduler(Begin(resource), resource.Properties, ReadTarget(resource.Name, resource.Properties["Target"]));
    }

    private void CheckState(string resource, JsonObject rule)
    {
        if (rule["State"].Text() is { } state && !TemplateNames.IsUnknown(state)
            && state is not ("ENABLED" or "DISABLED" or "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"))
        {
            findings.Error(resource, $"State is '{PayloadText.Shorten(state)}'. Write ENABLED or DISABLED.");
        }
    }

    private static TriggerTarget[] Some(TriggerTarget? target) => target is null ? [] : [target];

    private TriggerTarget? ReadTarget(string resource, JsonNode? source, string? arn = null)
    {
        if (source.Field("Input") is JsonObject or JsonArray)
        {
            findings.Error(
                resource, "Its Input is an object or a list, but has to be text. Quote it: '{\"job\":\"NAME\"}'; or use Fn::ToJsonString.");
        }

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
