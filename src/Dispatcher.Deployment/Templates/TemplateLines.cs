using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dispatcher.Deployment.Templates;

/// <summary>The lines of the places in a template, for messages. The file is parsed once, when the first line is asked for.</summary>
/// <param name="content">The content of the file.</param>
/// <param name="path">The file.</param>
internal sealed class TemplateLines(byte[] content, string path)
{
    private readonly Lazy<YamlNode?> _yaml = new(() => Parse(content));

    /// <summary>Finds a line.</summary>
    /// <param name="steps">The keys and positions that lead to the place. A function has its long name.</param>
    /// <returns>The line, from 1; that of what is around the place if the place is written elsewhere, such as behind an alias.</returns>
    public long Find(IReadOnlyList<string> steps) =>
        TemplateFile.IsYaml(content, path) ? FindInYaml(steps) : FindInJson(steps);

    private long FindInJson(IReadOnlyList<string> steps)
    {
        var start = content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(content.AsSpan(start), new JsonReaderOptions { MaxDepth = TemplateFile.MaxDepth });
        var (found, line) = (0, 1L);
        reader.Read();
        while (found < steps.Count && Enter(ref reader, steps[found]))
        {
            line = 1 + content.AsSpan(0, start + (int)reader.TokenStartIndex).Count((byte)'\n');
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                reader.Read();
            }

            found++;
        }

        return line;
    }

    /// <summary>Moves to a member or an item of the value that has begun. Of members with one name, the last one counts.</summary>
    private static bool Enter(ref Utf8JsonReader reader, string step)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                if ($"{index}" == step)
                {
                    return true;
                }

                reader.Skip();
            }

            return false;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var last = reader;
        var found = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals(step))
            {
                last = reader;
                found = true;
            }

            reader.Skip();
        }

        reader = last;
        return found;
    }

    private static YamlNode? Parse(byte[] content)
    {
        var documents = new YamlStream();
        try
        {
            documents.Load(new StreamReader(new MemoryStream(content), Encoding.UTF8));
        }
        catch (YamlException)
        {
            return null;
        }

        return documents.Documents[0].RootNode;
    }

    private long FindInYaml(IReadOnlyList<string> steps)
    {
        var (node, line) = (_yaml.Value, 1L);
        foreach (var step in steps)
        {
            switch (node)
            {
                case { Tag: { IsEmpty: false, Value: ['!', not '!', ..] tag } } when step == tag[1..] || step == $"Fn::{tag[1..]}":
                    line = node.Start.Line;
                    break;
                case YamlMappingNode mapping when mapping.Children.Keys.OfType<YamlScalarNode>().FirstOrDefault(
                    key => key.Value == step) is { } key:
                    line = key.Start.Line;
                    node = mapping.Children[key];
                    break;
                case YamlSequenceNode sequence when int.TryParse(step, out var index) && index < sequence.Children.Count:
                    node = sequence.Children[index];
                    line = node.Start.Line;
                    break;
                default:
                    return line;
            }
        }

        return line;
    }
}
