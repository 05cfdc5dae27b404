using System.Buffers;
using System.Text;
using System.Text.Json;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.EventBridge;

/// <summary>The definition of a route, in code or in configuration, before it is checked.</summary>
/// <param name="Origin">The place of the definition, for errors: <c>MapEvent("…")</c>, <c>EventRoutes:0</c>.</param>
/// <param name="Source">The event's <c>source</c>.</param>
/// <param name="DetailType">The event's <c>detail-type</c>.</param>
/// <param name="Match">A pattern for <c>detail</c>, JSON.</param>
/// <param name="Job">The job.</param>
/// <param name="Parameters">The job's parameters, JSON.</param>
/// <param name="Pattern">A pattern for the whole event, JSON, in place of Source, DetailType and Match.</param>
internal sealed record EventRouteDefinition(
    string Origin, string? Source, string? DetailType, string? Match, string? Job, string? Parameters, string? Pattern = null)
{
    private const string Needed =
        "Give Source, DetailType and Job, or Pattern and Job; Match and Parameters are optional JSON.";

    private static readonly JsonElement Empty = JobRequestReader.Parse("{}"u8);

    /// <summary>Gets a value indicating whether the route is in the configuration, in which each part is a setting.</summary>
    public bool IsConfigured { get; init; }

    /// <summary>Creates the text of a problem, which begins with the setting, or with the call in code, that is wrong.</summary>
    /// <param name="part">The part of the route: <c>Job</c>.</param>
    /// <param name="problem">What is wrong with its value, then what to do.</param>
    public string Describe(string part, string problem) =>
        IsConfigured ? $"{Origin}:{part}: {problem}" : $"Event route {Origin}: {problem}";

    /// <summary>Compiles the route. Everything that is wrong with it is added to the problems.</summary>
    public EventRoute? Compile(List<string> problems)
    {
        var before = problems.Count;
        var job = Require(nameof(Job), Job, problems);
        var (pattern, text) = string.IsNullOrWhiteSpace(Pattern) ? CompileParts(problems) : CompilePattern(Pattern, problems);
        var found = new List<string>();
        var parameters = ParameterTemplate.Parse(ParseObject(nameof(Parameters), Parameters, problems), found);
        problems.AddRange(found.Select(problem => Describe(nameof(Parameters), problem)));
        return problems.Count > before || pattern is null ? null : new EventRoute(pattern, $"{text} -> {job}", job, parameters);
    }

    /// <summary>Lists the names of the parameters that the route fills in; none if they cannot be read.</summary>
    public IEnumerable<string> ParameterNames => ParameterTemplate.Parse(ParseObject(nameof(Parameters), Parameters, []), []).Names;

    private (EventPattern? Pattern, string Text) CompilePattern(string json, List<string> problems)
    {
        var before = problems.Count;
        foreach (var (name, value) in new[] { (nameof(Source), Source), (nameof(DetailType), DetailType), (nameof(Match), Match) })
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                problems.Add(Describe(
                    name, $"Pattern matches the whole event, so that {name} must not be given as well. Write it into Pattern."));
            }
        }

        var pattern = ParseObject(nameof(Pattern), json, problems);
        return (
            problems.Count > before ? null : Compile(nameof(Pattern), pattern, problems),
            $"events that match {PayloadText.Value(pattern)}");
    }

    private (EventPattern? Pattern, string Text) CompileParts(List<string> problems)
    {
        var source = Require(nameof(Source), Source, problems);
        var detailType = Require(nameof(DetailType), DetailType, problems);
        var match = ParseObject(nameof(Match), Match, problems);

        // EventBridge refuses an empty object; here it means that every detail matches.
        var isEmpty = !match.EnumerateObject().Any();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in new[] { ("source", source), ("detail-type", detailType) })
            {
                writer.WriteStartArray(name);
                writer.WriteStringValue(value);
                writer.WriteEndArray();
            }

            if (!isEmpty)
            {
                writer.WritePropertyName("detail");
                writer.WriteRawValue(match.GetRawText());
            }

            writer.WriteEndObject();
        }

        var where = isEmpty ? string.Empty : $" where detail matches {Show(match)}";
        return (Compile(nameof(Match), JobRequestReader.Parse(buffer.WrittenSpan), problems), $"'{detailType}' of '{source}'{where}");
    }

    private EventPattern? Compile(string part, JsonElement pattern, List<string> problems)
    {
        var refused = new List<PatternProblem>();
        var compiled = EventPattern.Parse(pattern, refused);
        problems.AddRange(refused.Select(problem => Describe(part, problem.Message)));
        return compiled;
    }

    private JsonElement ParseObject(string field, string? json, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return Empty;
        }

        var it = IsConfigured ? "It" : field;

        try
        {
            var element = JobRequestReader.Parse(Encoding.UTF8.GetBytes(json));
            if (element.ValueKind == JsonValueKind.Object && PayloadText.IsUnicode(element))
            {
                return element;
            }

            problems.Add(Describe(
                field,
                element.ValueKind == JsonValueKind.Object
                    ? $"{it} holds half of a surrogate pair, such as \\ud800 alone, in {PayloadText.Value(element)}. "
                        + "Write whole characters."
                    : $"{it} must be a JSON object, but is {PayloadText.Value(element)}."));
        }
        catch (JobRequestException)
        {
            problems.Add(Describe(
                field,
                $"{it} is not JSON: {PayloadText.Shorten(json)}. Write it as one JSON object, "
                    + $"such as {{\"status\":[\"success\"]}}."));
        }

        return Empty;
    }

    private static string Show(JsonElement match) =>
        Redaction.Value(match.GetRawText()) == Redaction.Mask ? PayloadText.Value(match) : match.GetRawText();

    private string Require(string field, string? value, List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return value;
        }

        problems.Add(Describe(field, $"It is missing. {Needed}"));
        return string.Empty;
    }
}
