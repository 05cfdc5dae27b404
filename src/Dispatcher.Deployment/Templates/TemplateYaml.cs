using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dispatcher.Deployment.Templates;

/// <summary>A conversion of templates in YAML to JSON.</summary>
internal static class TemplateYaml
{
    /// <summary>Converts a document.</summary>
    /// <param name="content">The content of a file.</param>
    /// <returns>The JSON; <see langword="null"/> if the document is empty.</returns>
    /// <exception cref="YamlException">The content is not one document of YAML.</exception>
    public static JsonNode? Parse(byte[] content)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(new MemoryStream(content));
        stream.Load(reader);
        return stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode);
    }

    private static JsonNode? Convert(YamlNode node)
    {
        JsonNode? value = node switch
        {
            YamlMappingNode mapping => ConvertMapping(mapping),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Convert)]),
            YamlScalarNode scalar => ConvertScalar(scalar),
            _ => throw new YamlException(node.Start, node.End, "An anchor or another kind of node is not supported."),
        };
        return node.Tag is { IsEmpty: false, Value: ['!', not '!', ..] tag } ? ConvertFunction(tag[1..], value) : value;
    }

    private static JsonObject ConvertMapping(YamlMappingNode mapping)
    {
        var converted = new JsonObject();
        foreach (var (key, value) in mapping)
        {
            converted[((YamlScalarNode)key).Value!] = Convert(value);
        }

        return converted;
    }

    /// <summary>Converts <c>!GetAtt Queue.Arn</c> to <c>{"Fn::GetAtt":["Queue","Arn"]}</c>.</summary>
    private static JsonObject ConvertFunction(string name, JsonNode? value) => name switch
    {
        "Ref" or "Condition" => new JsonObject { [name] = value },
        "GetAtt" when value is JsonValue && ((string?)value)?.Split('.', 2) is [var resource, var attribute] =>
            new JsonObject { ["Fn::GetAtt"] = new JsonArray(resource, attribute) },
        _ => new JsonObject { [$"Fn::{name}"] = value },
    };

    private static JsonValue? ConvertScalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? string.Empty;
        var isPlain = scalar.Style is ScalarStyle.Plain && scalar.Tag.IsEmpty;
        return (isPlain, text) switch
        {
            (false, _) => JsonValue.Create(text),
            (_, "true" or "True") => JsonValue.Create(true),
            (_, "false" or "False") => JsonValue.Create(false),
            (_, "" or "null" or "~") => null,
            // The id of an account may begin with zeros.
            (_, ['0', >= '0' and <= '9', ..]) => JsonValue.Create(text),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                JsonValue.Create(whole),
            _ when IsDecimal(text, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static bool IsDecimal(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number)
        && text.Contains('.', StringComparison.Ordinal);
}
