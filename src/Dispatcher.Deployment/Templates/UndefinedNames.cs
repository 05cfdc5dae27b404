using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dispatcher.Deployment.Templates;

/// <summary>
/// The search for names that a template uses and does not define, such as those of a part that it was generated without. CloudFormation
/// would refuse the template.
/// </summary>
internal sealed partial class UndefinedNames
{
    private const string Sam = "AWS::Serverless-2016-10-31";

    /// <summary>What begins the names of the resources that SAM adds for the whole template, or for the domain of an API.</summary>
    private static readonly string[] OfSam = ["Serverless", "CodeDeploy", "ApiGatewayDomainName", "RecordSetGroup"];

    private readonly JsonElement _template;
    private readonly string[] _parameters;
    private readonly string[] _resources;
    private readonly string[] _conditions;
    private readonly string[] _expanded;
    private readonly List<UndefinedName> _found = [];
    private readonly List<string> _steps = [];

    private UndefinedNames(JsonElement template)
    {
        _template = template;
        _parameters = NamesOf("Parameters");
        _resources = NamesOf("Resources");
        _conditions = NamesOf("Conditions");

        // SAM and modules add resources whose names begin with that of the resource that they are for. One is named by the template.
        JsonProperty[] expanded = [.. TemplateSections.List(template, "Resources").Where(static resource => IsExpanded(resource.Value))];
        _expanded =
        [
            .. expanded.Select(static resource => resource.Name),
            .. expanded.SelectMany(static resource => NamedQueues(resource.Value)),
            .. OfSam,
        ];
    }

    /// <summary>Searches a template.</summary>
    /// <param name="template">The template.</param>
    /// <returns>
    /// The names, each once for a place. There are none in a template to which a macro, an inclusion or a loop adds what is not in it.
    /// </returns>
    public static IReadOnlyList<UndefinedName> Find(JsonElement template)
    {
        if (UnexpandedParts.Transforms(template).Any(static name => name != Sam) || HasExpansion(template))
        {
            return [];
        }

        var search = new UndefinedNames(template);
        foreach (var section in (string[])["Globals", "Conditions", "Resources", "Outputs"])
        {
            foreach (var entry in TemplateSections.List(template, section))
            {
                search._steps.AddRange([section, entry.Name]);
                search.Search(entry.Value, isCondition: section == "Conditions");
                search.CheckOwner(entry.Value);
                search._steps.Clear();
            }
        }

        return [.. search._found.DistinctBy(static found => (found.Place, found.Name))];
    }

    private string[] NamesOf(string section) => [.. TemplateSections.List(_template, section).Select(static entry => entry.Name)];

    private static bool HasExpansion(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().Any(static member =>
            member.Name == "Fn::Transform" || UnexpandedParts.IsLoop(member.Name) || HasExpansion(member.Value)),
        JsonValueKind.Array => node.EnumerateArray().Any(HasExpansion),
        _ => false,
    };

    private static bool IsExpanded(JsonElement resource) => TemplateSections.Text(resource, "Type") is { } type
        && (type.StartsWith("AWS::Serverless::", StringComparison.Ordinal) || type.EndsWith("::MODULE", StringComparison.Ordinal));

    /// <summary>Lists the names that a resource gives to the dead-letter queues that SAM adds.</summary>
    private static IEnumerable<string> NamedQueues(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(static member =>
            member.Name == "QueueLogicalId" && TextOf(member.Value) is { } name ? [name] : NamedQueues(member.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(NamedQueues),
        _ => [],
    };

    private static string? TextOf(JsonElement node) => node.ValueKind == JsonValueKind.String ? node.GetString() : null;

    private static JsonElement FirstOf(JsonElement node) =>
        node.ValueKind == JsonValueKind.Array && node.GetArrayLength() > 0 ? node[0] : node;

    /// <summary>Checks what a resource or an output says beside its properties.</summary>
    private void CheckOwner(JsonElement owner)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (_steps[0] != "Conditions" && owner.TryGetProperty("Condition", out var condition))
        {
            Within("Condition", () => CheckCondition(TextOf(condition)));
        }

        if (owner.TryGetProperty("DependsOn", out var others))
        {
            Within("DependsOn", () =>
            {
                foreach (var other in others.ValueKind == JsonValueKind.Array ? [.. others.EnumerateArray()] : (JsonElement[])[others])
                {
                    Check(TextOf(other), _resources);
                }
            });
        }
    }

    private void Search(JsonElement node, bool isCondition)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in node.EnumerateArray())
            {
                Within($"{index++}", () => Search(item, isCondition));
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            // A function stands alone in its object.
            var isAlone = node.EnumerateObject().Count() == 1;
            foreach (var member in node.EnumerateObject())
            {
                Within(member.Name, () =>
                {
                    if (isAlone)
                    {
                        CheckFunction(member.Name, member.Value, isCondition);
                    }

                    Search(member.Value, isCondition);
                });
            }
        }
    }

    private void Within(string step, Action search)
    {
        _steps.Add(step);
        search();
        _steps.RemoveAt(_steps.Count - 1);
    }

    private void CheckFunction(string name, JsonElement value, bool isCondition)
    {
        switch (name)
        {
            case "Ref":
                Check(TextOf(value), [.. _parameters, .. _resources]);
                break;
            case "Fn::GetAtt":
                Check(TextOf(FirstOf(value))?.Split('.')[0], _resources);
                break;
            case "Fn::Sub":
                CheckText(value);
                break;
            case "Fn::If" when value.ValueKind == JsonValueKind.Array:
                CheckCondition(TextOf(FirstOf(value)));
                break;
            case "Condition" when isCondition:
                CheckCondition(TextOf(value));
                break;
        }
    }

    private void CheckText(JsonElement value)
    {
        string[] variables = [];
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 1)
        {
            if (value[1].ValueKind != JsonValueKind.Object)
            {
                return;
            }

            variables = [.. value[1].EnumerateObject().Select(static one => one.Name)];
        }

        foreach (Match match in Placeholder().Matches(TextOf(FirstOf(value)) ?? string.Empty))
        {
            if (!variables.Contains(match.Groups["whole"].Value.Trim(), StringComparer.Ordinal))
            {
                Check(match.Groups["name"].Value, [.. _parameters, .. _resources, .. variables]);
            }
        }
    }

    private void CheckCondition(string? name)
    {
        if (name is not null && !_conditions.Contains(name, StringComparer.Ordinal))
        {
            Add(name, _conditions);
        }
    }

    private void Check(string? name, string[] known)
    {
        if (name is not null
            && !known.Contains(name, StringComparer.Ordinal)
            && !name.StartsWith("AWS::", StringComparison.Ordinal)
            && !_expanded.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            Add(name, known);
        }
    }

    private void Add(string name, string[] known) => _found.Add(new UndefinedName(
        name,
        string.Join('.', _steps.Where((step, index) => index < 2
            || !(IsFunction(step) || int.TryParse(step, out _) || (step is "Condition" && index == _steps.Count - 1)))),
        [.. _steps],
        known));

    private static bool IsFunction(string name) => name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    /// <summary>The name in <c>${Name}</c> or <c>${Name.Attribute}</c>. <c>${!Text}</c> is written as it is.</summary>
    [GeneratedRegex(@"\$\{(?!!)(?<whole>\s*(?<name>[^.}\s]+)[^}]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
