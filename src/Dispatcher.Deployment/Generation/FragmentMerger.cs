using System.Text.Json.Nodes;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Generation;

/// <summary>
/// A merge of a fragment into a template. A new name is added. A resource that exists is extended by a fragment that leaves out its
/// <c>Type</c>: objects are merged, lists are appended, and no value is replaced.
/// </summary>
internal static class FragmentMerger
{
    private static readonly HashSet<string> Known =
    [
        "AWSTemplateFormatVersion", "Transform", "Metadata", "Parameters", "Mappings", "Rules", "Conditions", "Globals", "Resources",
        "Outputs",
    ];

    /// <summary>The sections of which each entry is an object.</summary>
    private static readonly HashSet<string> Definitions = ["Parameters", "Mappings", "Rules", "Conditions", "Resources", "Outputs"];

    /// <summary>Merges a fragment.</summary>
    /// <param name="template">The template.</param>
    /// <param name="fragment">The fragment; it is not changed.</param>
    /// <param name="source">Where the fragment comes from, for messages.</param>
    /// <exception cref="InvalidSourceException">The fragment is not one, or defines what is defined already.</exception>
    public static void Merge(JsonObject template, JsonObject fragment, string source)
    {
        foreach (var (name, content) in fragment)
        {
            if (name == "Description")
            {
                continue;
            }

            if (!Known.Contains(name))
            {
                throw new InvalidSourceException($"'{source}' has the section '{name}', which no template has. "
                    + $"Sections: {string.Join(", ", Known.Order(StringComparer.Ordinal))}.");
            }

            switch (content)
            {
                case JsonObject section:
                    MergeSection(template, name, section, source);
                    break;
                case JsonValue value:
                    MergeValue(template, name, value, name, source);
                    break;
                default:
                    throw new InvalidSourceException(
                        $"'{source}' has a section {name} that is not an object. Write names and definitions.");
            }
        }
    }

    private static void MergeSection(JsonObject template, string name, JsonObject section, string source)
    {
        if (template[name] is not JsonObject existing)
        {
            template[name] = existing = [];
        }

        foreach (var (id, definition) in section.Where(entry => entry.Key != "AWS::CloudFormation::Interface"))
        {
            if (Definitions.Contains(name) && definition is not JsonObject)
            {
                throw new InvalidSourceException(
                    $"'{source}' has {name}.{id} that is not an object: {definition?.ToJsonString(JsonNodeText.Readable) ?? "null"}. "
                    + "Write a definition.");
            }

            if (!existing.ContainsKey(id))
            {
                if (name is "Resources" && definition?["Type"] is null)
                {
                    throw new InvalidSourceException(
                        $"'{source}' adds Resources.{id} without a Type."
                        + $"{SpellingSuggester.DidYouMean(id, existing.Select(static one => one.Key))} Give a new resource its Type; to "
                        + "extend one of the template, write its name.");
                }

                existing[id] = definition?.DeepClone();
            }
            else if (name is "Resources" && definition is JsonObject extension && !extension.ContainsKey("Type"))
            {
                MergeObject((JsonObject)existing[id]!, extension, $"{name}.{id}", source);
            }
            else if (!JsonNode.DeepEquals(existing[id], definition))
            {
                throw new InvalidSourceException($"'{source}' defines {name}.{id}, which the template defines already. Rename it"
                    + (name is "Resources" ? "; or, to extend the resource, leave out its Type." : "."));
            }
        }
    }

    private static void MergeObject(JsonObject existing, JsonObject extension, string path, string source)
    {
        foreach (var (name, value) in extension)
        {
            MergeValue(existing, name, value, $"{path}.{name}", source);
        }
    }

    private static void MergeValue(JsonObject existing, string name, JsonNode? value, string path, string source)
    {
        switch (existing[name], value)
        {
            case (null, _):
                existing[name] = value?.DeepClone();
                break;
            case (JsonObject left, JsonObject right) when !IsFunction(left) && !IsFunction(right):
                MergeObject(left, right, path, source);
                break;
            case (JsonArray left, JsonArray right):
                MergeList(left, right, path, source);
                break;
            case var (left, right) when JsonNode.DeepEquals(left, right):
                break;
            default:
                throw new InvalidSourceException($"'{source}' sets {path} to {value?.ToJsonString(JsonNodeText.Readable)}, but the "
                    + $"template sets it to {existing[name]!.ToJsonString(JsonNodeText.Readable)}. Remove it: a fragment cannot replace a "
                    + "value.");
        }
    }

    private static void MergeList(JsonArray existing, JsonArray extension, string path, string source)
    {
        foreach (var item in extension)
        {
            // The inline policies of a role have names; an extension of one has the same name.
            var same = (string?)(item as JsonObject)?["PolicyName"] is { } policy
                ? existing.OfType<JsonObject>().FirstOrDefault(other => (string?)other["PolicyName"] == policy)
                : null;
            if (same is null)
            {
                existing.Add(item?.DeepClone());
            }
            else
            {
                MergeObject(same, (JsonObject)item!, path, source);
            }
        }
    }

    private static bool IsFunction(JsonObject value) =>
        value.Count == 1 && value.First().Key is var key
        && (key is "Ref" or "Condition" || key.StartsWith("Fn::", StringComparison.Ordinal));
}
