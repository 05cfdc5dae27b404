using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;
using Dispatcher.Hosting;
using YamlDotNet.Core;

namespace Dispatcher.Deployment.Generation;

/// <summary>A reader of fragments of templates, in JSON or in YAML with the short forms of functions (<c>!Ref</c>, <c>!Sub</c>).</summary>
internal static class FragmentReader
{
    private static readonly JsonDocumentOptions Options =
        new() { MaxDepth = 200, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a fragment.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidSourceException">The file cannot be read, or is not an object.</exception>
    public static JsonObject Read(string path)
    {
        var content = InputFile.Read(path, "fragment", "the limit of CloudFormation. Split the fragment.");
        var isYaml = Path.GetExtension(path) is ".yaml" or ".yml";
        try
        {
            var node = isYaml ? TemplateYaml.Parse(content) : JsonNode.Parse(content, documentOptions: Options);
            return node as JsonObject ?? throw new InvalidSourceException(
                $"The fragment '{path}' is not an object. Write sections of a template, such as Parameters and Resources.");
        }
        catch (JsonException)
        {
            throw new InvalidSourceException(
                $"The fragment '{path}' is not valid JSON: {UnreadableJson.Explain(content, Options)}. Correct it, or give YAML the ending "
                    + ".yaml.");
        }
        catch (YamlException exception)
        {
            throw new InvalidSourceException(
                $"The fragment '{path}' is not valid YAML (line {exception.Start.Line}): {exception.Message} Correct it.");
        }
    }
}
