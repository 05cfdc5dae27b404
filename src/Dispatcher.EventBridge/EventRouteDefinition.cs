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
internal sealed record EventRouteDefinition(
    string Origin, string? Source, string? DetailType, string? Match, string? Job, string? Parameters)
{
    private static readonly JsonElement Empty = JobRequestReader.Parse("{}"u8);

    /// <summary>Compiles the route. Everything that is wrong with it is added to the problems.</summary>
    public EventRoute? Compile(List<string> problems)
    {
        var before = problems.Count;
        var source = Require(nameof(Source), Source, problems);
        var detailType = Require(nameof(DetailType), DetailType, problems);
        var job = Require(nameof(Job), Job, problems);
        var found = new List<string>();
        var match = EventPattern.Parse(ParseObject(nameof(Match), Match, found), found);
        var parameters = ParameterTemplate.Parse(ParseObject(nameof(Parameters), Parameters, found), found);
        problems.AddRange(found.Select(problem => $"Event route {Origin}: {problem}"));
        return problems.Count > before ? null : new EventRoute(source, detailType, match, job, parameters);
    }

    private static JsonElement ParseObject(string field, string? json, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return Empty;
        }

        try
        {
            var element = JobRequestReader.Parse(Encoding.UTF8.GetBytes(json));
            if (element.ValueKind == JsonValueKind.Object && PayloadText.IsUnicode(element))
            {
                return element;
            }

            problems.Add(
                element.ValueKind == JsonValueKind.Object
                    ? $"{field} holds half of a surrogate pair, such as \\ud800 alone, in {PayloadText.Value(element)}. "
                        + "Write whole characters."
                    : $"{field} must be a JSON object, but is {PayloadText.Value(element)}.");
        }
        catch (JobRequestException)
        {
            problems.Add($"{field} is not JSON: {PayloadText.Shorten(json)}. Write it as one JSON object, "
                + $"such as {{\"status\":[\"success\"]}}.");
        }

        return Empty;
    }

    private string Require(string field, string? value, List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return value;
        }

        problems.Add($"Event route {Origin} has no {field}. Give Source, DetailType and Job; Match and Parameters are optional JSON.");
        return string.Empty;
    }
}
