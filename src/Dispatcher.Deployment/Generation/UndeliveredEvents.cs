using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>The policy of the queue for events that EventBridge could not deliver.</summary>
internal static class UndeliveredEvents
{
    private const string AnyRule = "HaveRules";

    /// <summary>Allows every rule that sends to the queue, also those of added files, to send to it.</summary>
    public static void AddSources(GeneratedTemplate template)
    {
        List<(string Id, string? Condition)> rules = [.. template.Resources
            .Where(resource => (string?)resource.Value?["Type"] == "AWS::Events::Rule" && SendsToQueue(resource.Value))
            .Select(resource => (resource.Key, (string?)resource.Value!["Condition"]))];
        if (rules.Count == 0)
        {
            return;
        }

        string?[] conditions = [.. rules.Select(rule => rule.Condition).Distinct()];
        var statement = Allow(rules.Select(rule => conditions.Length == 1 ? CloudFormation.GetArn(rule.Id) : Source(rule)));
        if (conditions is [{ } only])
        {
            statement = CloudFormation.If(only, statement, CloudFormation.NoValue);
        }
        else if (!conditions.Contains(null))
        {
            // With an empty list the statement would be invalid.
            var any = CloudFormation.Or([.. conditions.Select(condition => CloudFormation.Condition(condition!))]);
            GeneratedTemplate.Define(template.Conditions, AnyRule, any);
            statement = CloudFormation.If(AnyRule, statement, CloudFormation.NoValue);
        }

        ((JsonArray)template.Properties("UndeliveredEventsQueuePolicy")["PolicyDocument"]!["Statement"]!).Add(statement);
    }

    private static bool SendsToQueue(JsonNode rule) =>
        (rule["Properties"]?["Targets"] as JsonArray ?? []).Any(target =>
            JsonNode.DeepEquals(target?["DeadLetterConfig"]?["Arn"], CloudFormation.GetArn(GeneratedNames.UndeliveredEvents)));

    private static JsonObject Source((string Id, string? Condition) rule) => rule.Condition is { } condition
        ? CloudFormation.If(condition, CloudFormation.GetArn(rule.Id), CloudFormation.NoValue)
        : CloudFormation.GetArn(rule.Id);

    private static JsonObject Allow(IEnumerable<JsonNode> sources) => new JsonObject
    {
        ["Sid"] = "OnlyTheseRules",
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = "events.amazonaws.com" },
        ["Action"] = "sqs:SendMessage",
        ["Resource"] = CloudFormation.GetArn(GeneratedNames.UndeliveredEvents),
        ["Condition"] = new JsonObject { ["ArnEquals"] = new JsonObject { ["aws:SourceArn"] = new JsonArray([.. sources]) } },
    };
}
