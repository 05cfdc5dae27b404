using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>A template in the making, with its sections in the order of the file.</summary>
internal sealed class GeneratedTemplate
{
    private static readonly string[] SectionOrder =
        ["AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Parameters", "Mappings", "Rules", "Conditions", "Globals"];

    private const string Interface = "AWS::CloudFormation::Interface";

    private readonly List<(string Label, List<string> Parameters)> _groups = [];

    public JsonObject Root { get; } = [];

    public JsonObject Parameters => Section("Parameters");

    public JsonObject Rules => Section("Rules");

    public JsonObject Conditions => Section("Conditions");

    public JsonObject Resources => Section("Resources");

    public JsonObject Properties(string resource) => (JsonObject)Resources[resource]!["Properties"]!;

    /// <summary>Adds a definition.</summary>
    /// <param name="section">The section.</param>
    /// <param name="name">The logical id.</param>
    /// <param name="definition">The definition.</param>
    /// <exception cref="InvalidSourceException">The id is taken by another definition.</exception>
    public static void Define(JsonObject section, string name, JsonNode definition)
    {
        if (!section.TryAdd(name, definition) && !JsonNode.DeepEquals(section[name], definition))
        {
            throw new InvalidSourceException($"Two declarations need the logical id '{name}' for different things: "
                + $"{section[name]!.ToJsonString(JsonNodeText.Readable)} and {definition.ToJsonString(JsonNodeText.Readable)}. "
                + "Rename one, or let a deployment have other logical ids: deploy.As(\"…\").");
        }
    }

    /// <summary>Shows parameters under a heading of the console.</summary>
    public void Show(string label, params IEnumerable<string> parameters)
    {
        var group = _groups.Find(group => group.Label == label);
        if (group.Parameters is null)
        {
            group = (label, []);
            _groups.Add(group);
        }

        group.Parameters.AddRange(parameters.Except(_groups.SelectMany(other => other.Parameters)).ToList());
    }

    /// <summary>Merges a fragment of a template.</summary>
    /// <exception cref="InvalidSourceException">The fragment defines what is defined already.</exception>
    public void Merge(JsonObject fragment, string source)
    {
        foreach (var group in (fragment["Metadata"]?[Interface]?["ParameterGroups"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var parameters = group[nameof(Parameters)] as JsonArray ?? [];
            Show((string?)group["Label"]?["default"] ?? source, parameters.Select(name => (string)name!));
        }

        FragmentMerger.Merge(Root, fragment, source);
    }

    /// <summary>Puts the sections, the parameters and their groups in order.</summary>
    public void Arrange()
    {
        var metadata = Section("Metadata");
        metadata[Interface] = new JsonObject
        {
            ["ParameterGroups"] = new JsonArray([.. _groups.Select(group => new JsonObject
            {
                ["Label"] = new JsonObject { ["default"] = group.Label },
                [nameof(Parameters)] = new JsonArray([.. group.Parameters.Select(name => JsonValue.Create(name))]),
            })]),
        };
        List<string> shown = [.. _groups.SelectMany(group => group.Parameters)];
        Sort(Parameters, name => shown.IndexOf(name) is >= 0 and var index ? index : shown.Count);
        Sort(Root, name => Array.IndexOf(SectionOrder, name) switch
        {
            >= 0 and var index => index,
            _ when name == "Outputs" => SectionOrder.Length + 1,
            _ => SectionOrder.Length,
        });
        foreach (var name in Root.Where(section => section.Value is JsonObject { Count: 0 }).Select(section => section.Key).ToList())
        {
            Root.Remove(name);
        }
    }

    private static void Sort(JsonObject entries, Func<string, int> order)
    {
        List<KeyValuePair<string, JsonNode?>> sorted = [.. entries.OrderBy(entry => order(entry.Key))];
        entries.Clear();
        sorted.ForEach(entry => entries.Add(entry.Key, entry.Value));
    }

    private JsonObject Section(string name)
    {
        if (Root[name] is not JsonObject section)
        {
            Root[name] = section = [];
        }

        return section;
    }
}
