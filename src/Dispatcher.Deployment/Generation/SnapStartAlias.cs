using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>
/// The alias of a template with SnapStart. Lambda takes snapshots of published versions only, so everything that invokes the function has
/// to invoke the alias, which SAM points to the newest version.
/// </summary>
internal static class SnapStartAlias
{
    private const string Name = "live";
    private const string Release = "Release";
    private const string Variable = "RELEASE";
    private const string FunctionName = "FunctionName";

    /// <summary>SAM replaces it with the ARN of the alias.</summary>
    private const string Reference = $"{GeneratedNames.Function}.Alias";

    private static readonly string[] Invoking = ["AWS::Lambda::Permission", "AWS::Lambda::EventSourceMapping"];

    /// <summary>Turns SnapStart on and points what invokes the function to the alias, also in added files.</summary>
    /// <param name="template">The template.</param>
    public static void Add(GeneratedTemplate template)
    {
        GeneratedTemplate.Define(template.Parameters, Release, new JsonObject
        {
            ["Type"] = "String",
            ["Default"] = string.Empty,
            ["MaxLength"] = 256,
            ["Description"] = "Any text. A new one publishes a new version, and so makes changed parameters effective.",
        });
        template.Show("Function", Release);
        foreach (var (id, resource) in template.Resources)
        {
            if (id == GeneratedNames.Function)
            {
                Publish((JsonObject)resource!);
            }
            else
            {
                Redirect(resource);
                if (Invoking.Contains((string?)resource!["Type"]))
                {
                    RedirectName(template.Properties(id), FunctionName);
                }
            }
        }

        if (template.Root["Outputs"]?[FunctionName] is JsonObject output)
        {
            RedirectName(output, "Value");
        }
    }

    private static void Publish(JsonObject function)
    {
        // SAM keeps former versions otherwise, and the cache of each snapshot costs money.
        function["DeletionPolicy"] = "Delete";
        var properties = (JsonObject)function["Properties"]!;
        properties["SnapStart"] = new JsonObject { ["ApplyOn"] = "PublishedVersions" };
        properties["AutoPublishAlias"] = Name;

        // SAM publishes a version if the code or a property has changed. It does not resolve parameters for that, but CloudFormation
        // replaces a version whose description changes. Lambda publishes one only if the function itself has changed, too: see
        // https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html.
        properties["AutoPublishAliasAllProperties"] = true;
        properties["VersionDescription"] = CloudFormation.Ref(Release);
        GeneratedTemplate.Define((JsonObject)properties["Environment"]!["Variables"]!, Variable, CloudFormation.Ref(Release));
    }

    private static void RedirectName(JsonObject owner, string property)
    {
        if (JsonNode.DeepEquals(owner[property], CloudFormation.Ref(GeneratedNames.Function)))
        {
            owner[property] = CloudFormation.Ref(Reference);
        }
    }

    private static void Redirect(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            if (IsOfOtherActions(fields))
            {
                return;
            }

            foreach (var (name, value) in fields.ToList())
            {
                Redirect(value, replacement => fields[name] = replacement);
            }
        }
        else if (node is JsonArray items)
        {
            for (var index = 0; index < items.Count; index++)
            {
                Redirect(items[index], replacement => items[index] = replacement);
            }
        }
    }

    /// <summary>Determines whether a statement of a policy allows or denies more than to invoke the function.</summary>
    private static bool IsOfOtherActions(JsonObject statement) =>
        statement.ContainsKey("Effect") && !(statement["Action"] switch
        {
            JsonArray actions => actions.All(IsInvocation),
            var action => IsInvocation(action),
        });

    private static bool IsInvocation(JsonNode? action) =>
        TextOf(action)?.StartsWith("lambda:Invoke", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsArn(JsonNode? value) =>
        JsonNode.DeepEquals(value, CloudFormation.GetArn(GeneratedNames.Function))
        || (value is JsonObject { Count: 1 } function && TextOf(function["Fn::GetAtt"]) == $"{GeneratedNames.Function}.Arn");

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static void Redirect(JsonNode? value, Action<JsonNode> replace)
    {
        const string arn = $"${{{GeneratedNames.Function}.Arn}}";
        if (IsArn(value))
        {
            replace(CloudFormation.Ref(Reference));
        }
        else if (TextOf(value) is { } content && content.Contains(arn, StringComparison.Ordinal))
        {
            replace(content.Replace(arn, $"${{{Reference}}}", StringComparison.Ordinal));
        }
        else
        {
            Redirect(value);
        }
    }
}
