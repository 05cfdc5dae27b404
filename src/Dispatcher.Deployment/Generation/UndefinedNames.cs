using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Generation;

/// <summary>
/// The search for names that a template uses and does not define, such as those of a part that it was generated without. CloudFormation
/// would refuse the template.
/// </summary>
/// <param name="template">The template.</param>
internal sealed partial class UndefinedNames(GeneratedTemplate template)
{
    private readonly List<(string Path, string Name, IEnumerable<string> Known)> _found = [];

    // SAM adds resources whose names begin with that of the resource that they are for.
    private readonly string[] _expanded =
    [
        .. template.Resources.Where(static resource => IsServerless(resource.Value)).Select(static resource => resource.Key), "Serverless",
    ];

    /// <summary>Searches the whole template.</summary>
    /// <param name="fragments">The fragments that were merged, with their files, for the message.</param>
    /// <exception cref="InvalidSourceException">The template uses names that it does not define; the message lists them.</exception>
    public void Check(IReadOnlyCollection<(string File, JsonObject Content)> fragments)
    {
        foreach (var section in (string[])["Conditions", "Resources", "Outputs"])
        {
            foreach (var (id, definition) in template.Root[section] as JsonObject ?? [])
            {
                Search(definition, $"{section}.{id}", section == "Conditions");
                CheckOwner(definition, $"{section}.{id}");
            }
        }

        if (_found.Count > 0)
        {
            throw new InvalidSourceException(string.Join(' ', _found.Distinct().Take(5).Select(found => Describe(found, fragments)))
                + " Correct the names or define them, or leave out the file (--add) or take the part of the template (--without) that has "
                + "them.");
        }
    }

    private static string Describe(
        (string Path, string Name, IEnumerable<string> Known) found, IReadOnlyCollection<(string File, JsonObject Content)> fragments)
    {
        var names = found.Path.Split('.');
        var file = fragments.FirstOrDefault(fragment => fragment.Content[names[0]]?[names[1]] is not null).File;
        return $"{(file is null ? "The template" : $"'{file}'")} uses '{PayloadText.Shorten(found.Name)}' in {found.Path}, which the "
            + $"template does not define.{SpellingSuggester.DidYouMean(found.Name, found.Known)}";
    }

    private static bool IsServerless(JsonNode? resource) =>
        TextOf((resource as JsonObject)?["Type"])?.StartsWith("AWS::Serverless::", StringComparison.Ordinal) == true;

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>Checks what a resource or an output says beside its properties.</summary>
    private void CheckOwner(JsonNode? definition, string path)
    {
        if (definition is not JsonObject owner)
        {
            return;
        }

        CheckCondition(TextOf(owner["Condition"]), path);
        var others = owner["DependsOn"] is JsonArray several ? several.Select(TextOf) : [TextOf(owner["DependsOn"])];
        foreach (var other in others)
        {
            CheckResource(other, $"{path}.DependsOn");
        }
    }

    private void Search(JsonNode? node, string path, bool isCondition)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Search(item, path, isCondition);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                CheckFunction(name, value, path, isCondition);
                Search(value, IsFunction(name) ? path : $"{path}.{name}", isCondition);
            }
        }
    }

    private static bool IsFunction(string name) => name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private void CheckFunction(string name, JsonNode? value, string path, bool isCondition)
    {
        switch (name)
        {
            case "Ref":
                CheckValue(TextOf(value), path, []);
                break;
            case "Fn::GetAtt":
                CheckResource(TextOf(value is JsonArray { Count: > 0 } list ? list[0] : value)?.Split('.')[0], path);
                break;
            case "Fn::Sub":
                CheckText(value, path);
                break;
            case "Fn::If" when value is JsonArray { Count: > 0 } choice:
                CheckCondition(TextOf(choice[0]), path);
                break;
            case "Condition" when isCondition:
                CheckCondition(TextOf(value), path);
                break;
        }
    }

    private void CheckText(JsonNode? value, string path)
    {
        var text = TextOf(value is JsonArray { Count: > 0 } list ? list[0] : value) ?? string.Empty;
        var variables = value is JsonArray { Count: > 1 } both && both[1] is JsonObject own ? own.Select(static one => one.Key) : [];
        foreach (Match match in Placeholder().Matches(text))
        {
            CheckValue(match.Groups["name"].Value, path, variables);
        }
    }

    private void CheckValue(string? name, string path, IEnumerable<string> variables) => Check(
        name,
        path,
        [.. template.Parameters.Select(static one => one.Key), .. template.Resources.Select(static one => one.Key), .. variables]);

    private void CheckResource(string? name, string path) => Check(name, path, [.. template.Resources.Select(static one => one.Key)]);

    private void CheckCondition(string? name, string path)
    {
        if (name is not null && !template.Conditions.ContainsKey(name))
        {
            _found.Add((path, name, template.Conditions.Select(static one => one.Key)));
        }
    }

    private void Check(string? name, string path, string[] known)
    {
        if (name is not null
            && !known.Contains(name, StringComparer.Ordinal)
            && !name.StartsWith("AWS::", StringComparison.Ordinal)
            && !_expanded.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            _found.Add((path, name, known));
        }
    }

    /// <summary>The name in <c>${Name}</c> or <c>${Name.Attribute}</c>. <c>${!Text}</c> is written as it is.</summary>
    [GeneratedRegex(@"\$\{(?!!)\s*(?<name>[^.}\s]+)[^}]*\}")]
    private static partial Regex Placeholder();
}
