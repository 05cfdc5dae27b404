using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>Functions that write a permission as a statement of a policy.</summary>
internal static class PolicyStatement
{
    /// <summary>Creates the statements. Two that exclude each other are one, whose actions and resource are a choice.</summary>
    /// <param name="permissions">The permissions.</param>
    /// <param name="lists">The parameters whose value is a comma-separated list.</param>
    public static JsonArray CreateAll(IReadOnlyList<JobPermission> permissions, IReadOnlySet<string> lists)
    {
        var statements = new JsonArray();
        for (var index = 0; index < permissions.Count; index++)
        {
            var permission = permissions[index];
            if (index + 1 < permissions.Count && AreAlternatives(permission, permissions[index + 1]))
            {
                index++;
                statements.Add(Create(permission, Choose(permission, permissions[index], Actions),
                    Choose(permission, permissions[index], alternative => Resource(alternative, lists))));
            }
            else
            {
                statements.Add(Guard(permission, Create(permission, Actions(permission), Resource(permission, lists))));
            }
        }

        return statements;
    }

    private static JsonObject Create(JobPermission permission, JsonNode actions, JsonNode resource)
    {
        var statement = new JsonObject();
        if (permission.Sid is { } sid)
        {
            statement["Sid"] = sid;
        }

        statement["Effect"] = "Allow";
        statement["Action"] = actions;
        statement["Resource"] = resource;
        if (permission.Conditions.Count > 0)
        {
            statement["Condition"] = new JsonObject(permission.Conditions.GroupBy(condition => condition.Operator).Select(conditions =>
                KeyValuePair.Create(conditions.Key, (JsonNode?)new JsonObject(conditions.Select(condition =>
                    KeyValuePair.Create(condition.Key, (JsonNode?)CloudFormation.Text(condition.Value)))))));
        }

        return statement;
    }

    private static JsonObject Guard(JobPermission permission, JsonObject statement)
    {
        var guarded = permission.Unless is { } unless ? CloudFormation.If(unless, CloudFormation.NoValue, statement) : statement;
        return permission.When is { } when ? CloudFormation.If(when, guarded, CloudFormation.NoValue) : guarded;
    }

    private static bool AreAlternatives(JobPermission first, JobPermission second) =>
        first.When is not null && first.When == second.Unless && first.Unless is null && second.When is null
        && first.Sid == second.Sid && first.Conditions.SequenceEqual(second.Conditions);

    private static JsonObject Choose(JobPermission first, JobPermission second, Func<JobPermission, JsonNode> part) =>
        CloudFormation.If(first.When!, part(first), part(second));

    private static JsonNode Actions(JobPermission permission) =>
        OneOrMany([.. permission.Actions.Select(action => JsonValue.Create(action))]);

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
                + "allow the list in a separate permission.");
    }

    private static string Name(string text) => text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}') ? text[2..^1] : text;

    private static JsonNode OneOrMany(JsonNode[] items) => items is [var only] ? only : new JsonArray(items);
}
