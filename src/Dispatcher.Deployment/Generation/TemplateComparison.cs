using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>A comparison of a template with the generated one.</summary>
public static class TemplateComparison
{
    /// <summary>Compares two templates. The order of the members of an object does not matter.</summary>
    /// <param name="file">The template as it is.</param>
    /// <param name="generated">The template as generated.</param>
    /// <returns>Each difference: the path, the value of the file and the generated one.</returns>
    public static IReadOnlyList<TemplateDifference> Compare(JsonNode? file, JsonNode? generated)
    {
        var differences = new List<TemplateDifference>();
        Compare(file, generated, string.Empty, differences);
        return differences;
    }

    private static void Compare(JsonNode? file, JsonNode? generated, string path, List<TemplateDifference> differences)
    {
        switch (file, generated)
        {
            case (JsonObject left, JsonObject right):
                foreach (var name in left.Select(member => member.Key).Union(right.Select(member => member.Key)).ToList())
                {
                    Compare(left[name], right[name], path.Length == 0 ? name : $"{path}.{name}", differences);
                }

                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                for (var index = 0; index < left.Count; index++)
                {
                    Compare(left[index], right[index], $"{path}[{index}]", differences);
                }

                break;
            case var _ when !JsonNode.DeepEquals(file, generated):
                differences.Add(new TemplateDifference(path, Write(file), Write(generated)));
                break;
        }
    }

    private static string? Write(JsonNode? node) => node?.ToJsonString(JsonNodeText.Readable);
}
