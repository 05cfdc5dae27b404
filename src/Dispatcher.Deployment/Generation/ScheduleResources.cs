using System.Text.Json.Nodes;
using Dispatcher.Declarations;
using Dispatcher.Hosting;

namespace Dispatcher.Deployment.Generation;

/// <summary>What starts a job: rules with their permissions, or schedules of EventBridge Scheduler.</summary>
/// <param name="template">The template.</param>
/// <param name="useScheduler">Whether schedules are those of EventBridge Scheduler.</param>
internal sealed class ScheduleResources(GeneratedTemplate template, bool useScheduler)
{
    // Scheduler's execution id differs between the attempts to deliver a run, and the id of a slot has to be the same.
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
    private const string SlotId = "\"<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>\"";

    /// <summary>Adds what starts a job.</summary>
    /// <param name="deployment">The deployment of the job.</param>
    public void Add(DeploymentDescription deployment)
    {
        if (deployment.Schedule is { } schedule)
        {
            if (useScheduler)
            {
                // A parameter has the obvious name already.
                GeneratedTemplate.Define(template.Resources, $"{deployment.Prefix}Timer", Timer(deployment, schedule));
            }
            else
            {
                AddRule(deployment, deployment.Prefix, Rule(deployment, schedule));
            }
        }

        foreach (var declared in deployment.Events)
        {
            AddRule(deployment, deployment.Prefix + declared.Name, Rule(deployment, declared));
        }
    }

    private void AddRule(DeploymentDescription deployment, string prefix, JsonObject properties)
    {
        var rule = $"{prefix}Rule";
        GeneratedTemplate.Define(template.Resources, rule, Resource("AWS::Events::Rule", deployment, properties));
        GeneratedTemplate.Define(template.Resources, $"{prefix}Permission", Resource("AWS::Lambda::Permission", deployment, new JsonObject
        {
            ["Action"] = "lambda:InvokeFunction",
            ["FunctionName"] = CloudFormation.Ref(GeneratedNames.Function),
            ["Principal"] = "events.amazonaws.com",
            ["SourceArn"] = CloudFormation.GetArn(rule),
        }));
    }

    private static JsonObject Rule(DeploymentDescription deployment, DeclaredSchedule schedule) => new()
    {
        ["Description"] = schedule.Description ?? deployment.Job.Description,
        ["ScheduleExpression"] = CloudFormation.Ref(deployment.ScheduleParameter),
        ["State"] = "ENABLED",
        ["Targets"] = new JsonArray(Target(new JsonObject
        {
            ["InputPathsMap"] = new JsonObject { ["id"] = "$.id", ["time"] = "$.time" },
            ["InputTemplate"] = CloudFormation.Text(Payload(deployment.Job, "<id>", "<time>", schedule.Parameters)),
        })),
    };

    private static JsonObject Rule(DeploymentDescription deployment, DeclaredEvent declared)
    {
        var rule = new JsonObject { ["Description"] = declared.Description ?? deployment.Job.Description };
        if (declared.Bus is { } bus)
        {
            rule["EventBusName"] = CloudFormation.Text(bus);
        }

        var pattern = new JsonObject
        {
            ["source"] = new JsonArray(declared.Source),
            ["detail-type"] = new JsonArray(declared.DetailType),
        };
        if (declared.Detail is { } detail)
        {
            pattern["detail"] = JsonNode.Parse(detail);
        }

        rule["EventPattern"] = pattern;
        rule["State"] = "ENABLED";
        rule["Targets"] = new JsonArray(Target(null));
        return rule;
    }

    private static JsonObject Timer(DeploymentDescription deployment, DeclaredSchedule schedule)
    {
        var window = new JsonObject
        {
            ["Mode"] = CloudFormation.If("AllowScheduleWindow", "FLEXIBLE", "OFF"),
            ["MaximumWindowInMinutes"] =
                CloudFormation.If("AllowScheduleWindow", CloudFormation.Ref("ScheduleWindowMinutes"), CloudFormation.NoValue),
        };
        var payload = Payload(deployment.Job, SlotId, "\"<aws.scheduler.scheduled-time>\"", schedule.Parameters);
        return Resource("AWS::Scheduler::Schedule", deployment, new JsonObject
        {
            ["Description"] = schedule.Description ?? deployment.Job.Description,
            ["GroupName"] = CloudFormation.Ref("ScheduleGroup"),
            ["ScheduleExpression"] = CloudFormation.Ref(deployment.ScheduleParameter),
            ["ScheduleExpressionTimezone"] = CloudFormation.Ref("ScheduleTimeZone"),
            ["FlexibleTimeWindow"] = window,
            ["State"] = "ENABLED",
            ["Target"] = new JsonObject
            {
                ["Arn"] = CloudFormation.GetArn(GeneratedNames.Function),
                ["RoleArn"] = CloudFormation.GetArn("SchedulerRole"),
                ["Input"] = CloudFormation.Text(payload),
                ["RetryPolicy"] = RetryPolicy(),
                ["DeadLetterConfig"] = DeadLetters(),
            },
        });
    }

    private static JsonObject Resource(string type, DeploymentDescription deployment, JsonObject properties) =>
        new() { ["Type"] = type, ["Condition"] = deployment.Condition, ["Properties"] = properties };

    private static JsonObject Target(JsonObject? transformer)
    {
        var target = new JsonObject { ["Id"] = "dispatcher", ["Arn"] = CloudFormation.GetArn(GeneratedNames.Function) };
        if (transformer is not null)
        {
            target["InputTransformer"] = transformer;
        }

        target["RetryPolicy"] = RetryPolicy();
        target["DeadLetterConfig"] = DeadLetters();
        return target;
    }

    private static JsonObject RetryPolicy() => new() { ["MaximumEventAgeInSeconds"] = 3600, ["MaximumRetryAttempts"] = 10 };

    private static JsonObject DeadLetters() => new() { ["Arn"] = CloudFormation.GetArn(GeneratedNames.UndeliveredEvents) };

    private static string Payload(JobDescriptor job, string id, string time, string? parameters)
    {
        var given = parameters is null
            ? string.Empty
            : $",\"parameters\":{JsonNode.Parse(parameters)!.ToJsonString(JsonNodeText.Readable)}";
        return $"{{\"job\":\"{job.Name}\",\"id\":{id},\"scheduledTime\":{time}{given}}}";
    }
}
