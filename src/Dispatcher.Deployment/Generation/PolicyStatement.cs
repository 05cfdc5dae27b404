using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>Functions that write a permission as a statement of a policy.</summary>
internal static class PolicyStatement
{
    /// <summary>Creates the statement.</summary>
    /// <param name="permission">The permission.</param>
    /// <param name="lists">The parameters whose value is a comma-separated list.</param>
    public static JsonNode Create(JobPermission permission, IReadOnlySet<string> lists)
    {
        var statement = new JsonObject();
        if (permission.Sid is { } sid)
        {
            statement["Sid"] = sid;
        }

        statement["Effect"] = "Allow";
        statement["Action"] = OneOrMany([.. permission.Actions.Select(action => JsonValue.Create(action))]);
        statement["Resource"] = Resource(permission, lists);
        if (permission.Conditions.Count > 0)
        {
            statement["Condition"] = new JsonObject(permission.Conditions.GroupBy(condition => condition.Operator).Select(conditions =>
                KeyValuePair.Create(conditions.Key, (JsonNode?)new JsonObject(conditions.Select(condition =>
                    KeyValuePair.Create(condition.Key, (JsonNode?)CloudFormation.Text(condition.Value)))))));
        }

        JsonNode result = statement;
        if (permission.Unless is { } unless)
        {
            result = CloudFormation.If(unless, CloudFormation.NoValue, result);
        }

        return permission.When is { } when ? CloudFormation.If(when, result, CloudFormation.NoValue) : result;
    }

    private static JsonNode Resource(JobPermission permission, IReadOnlySet<string> lists)
    {
        var list = permission.Resources.FirstOrDefault(resource => lists.Contains(Name(resource)));
        if (list is null)
        {
            return OneOrMany([.. permission.Resources.Select(CloudFormation.Text)]);
        }

        return permission.Resources.Count == 1
            ? new JsonObject { ["Fn::Split"] = new JsonArray(",", CloudFormation.Ref(Name(list))) }
            : throw new InvalidSourceException($"A permission has the list {list} and other resources. CloudFormation cannot join them: "
                + "allow the list in a permission of its own.");
    }

    private static string Name(string text) => text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}') ? text[2..^1] : text;

    private static JsonNode OneOrMany(JsonNode[] items) => items is [var only] ? only : new JsonArray(items);
}
