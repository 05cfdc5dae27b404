using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dispatcher.Deployment.Templates;

/// <summary>A conversion of templates in YAML to JSON, with the short forms of functions (<c>!Ref</c>, <c>!Sub</c>).</summary>
internal sealed class TemplateYaml
{
    /// <summary>Deeper nesting is not a template, and would exhaust the stack.</summary>
    private const int MaxDepth = 100;

    /// <summary>The most values of a document. Aliases of aliases could multiply them without end.</summary>
    private const int MaxValues = 200_000;

    private readonly IParser _parser;
    private readonly Dictionary<AnchorName, JsonNode?> _anchors = [];
    private readonly List<string> _path = [];
    private readonly List<UnquotedScalar> _unquoted = [];
    private int _depth;
    private int _values;

    private TemplateYaml(IParser parser) => _parser = parser;

    /// <summary>Converts a document.</summary>
    /// <param name="content">The content of a file.</param>
    /// <returns>The JSON; <see langword="null"/> if the document is empty.</returns>
    /// <exception cref="YamlException">The content is not one document of YAML.</exception>
    public static JsonNode? Parse(byte[] content)
    {
        using var reader = new StreamReader(new MemoryStream(content));
        var parser = new Parser(reader);
        try
        {
            return ParseDocument(parser);
        }
        catch (InvalidOperationException exception)
        {
            // What YamlDotNet throws where a flow ends in the middle of a plain text, or has a tab on its next line.
            var end = EndOf(parser);
            throw YamlTabs.FindLine(content, end.Line) is { } line && line <= end.Line + 1
                ? RefuseTab(line, exception)
                : new YamlException(end, end, "The document ends or breaks in the middle of a value.", exception);
        }
        catch (YamlException exception) when (exception.Message.Contains(" tab ", StringComparison.Ordinal)
            && YamlTabs.FindLine(content, Math.Max(exception.Start.Line, EndOf(parser).Line)) is { } line)
        {
            // YamlDotNet names the line where the value around the tab begins.
            throw RefuseTab(line, exception);
        }
    }

    private static YamlException RefuseTab(long line, Exception exception)
    {
        var mark = new Mark(0, line, 1);
        return new YamlException(mark, mark, "A line is indented with a tab. Indent it with spaces.", exception);
    }

    /// <summary>Gets the end of what has been read without an error.</summary>
    private static Mark EndOf(Parser parser) => parser.Current?.End ?? new Mark(0, 1, 1);

    private static JsonNode? ParseDocument(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var reading = new TemplateYaml(parser);
        var root = reading.Read();
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            throw Refuse(parser.Current!, "There is more than one document.");
        }

        UnquotedScalars.Keep(root, reading._unquoted);
        return root;
    }

    private JsonNode? Read()
    {
        var start = _parser.Consume<ParsingEvent>();
        Count(1, start);
        if (start is AnchorAlias alias)
        {
            var known = _anchors.TryGetValue(alias.Value, out var anchored)
                ? anchored?.DeepClone()
                : throw Refuse(alias, $"The anchor '{alias.Value}' is not defined before.");
            Count(CountValues(known), start);
            return known;
        }

        if (++_depth > MaxDepth)
        {
            throw Refuse(start, $"It is nested more than {MaxDepth} levels deep.");
        }

        JsonNode? value = start switch
        {
            MappingStart => ReadMapping(),
            SequenceStart => ReadSequence(),
            Scalar scalar => ReadScalar(scalar),
            _ => throw Refuse(start, "A value is missing."),
        };
        _depth--;
        var node = (NodeEvent)start;
        var converted = node.Tag is { IsEmpty: false, Value: ['!', not '!', ..] tag } ? ReadFunction(tag[1..], value) : value;
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = converted;
        }

        return converted;
    }

    private JsonObject ReadMapping()
    {
        var mapping = new JsonObject();
        var merged = new List<JsonObject>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                throw Refuse(_parser.Current!, "A key is not text.");
            }

            _path.Add(key.Value);
            if (YamlScalar.IsNumber(key))
            {
                _unquoted.Add(new UnquotedScalar([.. _path], key.Value, "a number", key.Start.Line, IsKey: true));
            }

            var value = Read();
            _path.RemoveAt(_path.Count - 1);
            if (key.Value == "<<")
            {
                merged.AddRange((value as JsonArray ?? [value]).OfType<JsonObject>());
            }
            else if (!mapping.TryAdd(key.Value, value))
            {
                throw Refuse(key, $"The key '{key.Value}' occurs twice.");
            }
        }

        foreach (var (name, value) in merged.SelectMany(static other => other))
        {
            mapping.TryAdd(name, value?.DeepClone());
        }

        return mapping;
    }

    private JsonValue? ReadScalar(Scalar scalar)
    {
        if (YamlScalar.DescribeOtherReading(scalar) is { } reading)
        {
            _unquoted.Add(new UnquotedScalar([.. _path], scalar.Value, reading, scalar.Start.Line, IsKey: false));
        }

        return YamlScalar.Read(scalar);
    }

    private JsonArray ReadSequence()
    {
        var sequence = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            sequence.Add(Read());
        }

        return sequence;
    }

    /// <summary>Converts <c>!GetAtt Queue.Arn</c> to <c>{"Fn::GetAtt":["Queue","Arn"]}</c>.</summary>
    private static JsonObject ReadFunction(string name, JsonNode? value) => name switch
    {
        "Ref" or "Condition" => new JsonObject { [name] = value },
        "GetAtt" when value is JsonValue && value.Text()?.Split('.', 2) is [var resource, var attribute] =>
            new JsonObject { ["Fn::GetAtt"] = new JsonArray(resource, attribute) },
        _ => new JsonObject { [$"Fn::{name}"] = value },
    };

    private void Count(int values, ParsingEvent at)
    {
        if ((_values += values) > MaxValues)
        {
            throw Refuse(at, $"It has more than {MaxValues} values, with those of its aliases.");
        }
    }

    private static int CountValues(JsonNode? node) => 1 + node switch
    {
        JsonObject fields => fields.Sum(static field => CountValues(field.Value)),
        JsonArray items => items.Sum(CountValues),
        _ => 0,
    };

    private static YamlException Refuse(ParsingEvent at, string message) => new(at.Start, at.End, message);
}
