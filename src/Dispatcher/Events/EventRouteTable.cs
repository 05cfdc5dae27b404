using System.Buffers;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Events;

/// <summary>
/// Holds every event route, from <see cref="EventRouteBuilderExtensions.MapEvent"/> and from the configuration section <c>EventRoutes</c>.
/// Made at startup, so that a route that cannot work is found before the first event.
/// </summary>
public sealed class EventRouteTable
{
    internal const string Section = "EventRoutes";

    private static readonly string[] Settings = ["Source", "DetailType", "Match", "Job", "Parameters"];

    private readonly IReadOnlyList<EventRoute> _routes;

    internal EventRouteTable(IEnumerable<EventRouteDefinition> definitions, IConfiguration configuration, JobRegistry registry)
    {
        var problems = new List<string>();
        _routes =
        [
            .. definitions.Concat(FromConfiguration(configuration.GetSection(Section), problems))
                .Select(definition => Compile(definition, registry, problems))
                .OfType<EventRoute>(),
        ];

        if (problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
        }
    }

    /// <summary>Turns an event into the payload of the job that its route names.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="problems">Takes what is wrong: no route, several routes, a part that the route needs and the event lacks.</param>
    /// <returns>
    /// A payload with <c>job</c> and <c>parameters</c>, and the event's id and time as <c>id</c> and <c>scheduledTime</c>;
    /// <see langword="null"/> where there are problems.
    /// </returns>
    internal JsonElement? ToPayload(JsonElement payload, ICollection<string> problems)
    {
        if (EventBridgeEvent.Read(payload, problems) is not { } bridged)
        {
            return null;
        }

        EventRoute[] matching = [.. _routes.Where(route => route.IsFor(bridged.Source, bridged.DetailType, bridged.Detail))];
        if (matching is [var route])
        {
            return Fill(route, bridged, problems);
        }

        problems.Add(Describe(bridged, matching));
        return null;
    }

    private static JsonElement? Fill(EventRoute route, EventBridgeEvent bridged, ICollection<string> problems)
    {
        var before = problems.Count;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("job", route.Job);
            writer.WritePropertyName("parameters");
            route.Parameters.Write(writer, bridged, problems);
            foreach (var (field, name) in ((string, string)[])[("id", "id"), ("time", "scheduledTime")])
            {
                if (PayloadText.TryGetProperty(bridged.Payload, field, out var value))
                {
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(value.GetRawText());
                }
            }

            writer.WriteEndObject();
        }

        return problems.Count > before ? null : JobRequestReader.Parse(buffer.WrittenSpan);
    }

    private static EventRoute? Compile(EventRouteDefinition definition, JobRegistry registry, List<string> problems)
    {
        if (definition.Compile(problems) is not { } route)
        {
            return null;
        }

        var found = new List<string>();
        if (registry.Find(route.Job, found) is { } job)
        {
            string[] known = [.. job.Parameters.All.Select(parameter => parameter.Name)];
            found.AddRange(route.Parameters.Names.Except(known, StringComparer.Ordinal).Select(
                name => $"Unknown parameter '{PayloadText.Shorten(name)}' of job '{job.Name}'.{SpellingSuggester.DidYouMean(name, known)} "
                        + $"Parameters: {(known.Length == 0 ? "none" : string.Join(", ", known))}."));
        }

        problems.AddRange(found.Select(problem => $"Event route {definition.Origin}: {problem}"));
        return route;
    }

    private static IEnumerable<EventRouteDefinition> FromConfiguration(IConfigurationSection section, List<string> problems)
    {
        foreach (var route in section.GetChildren())
        {
            foreach (var setting in route.GetChildren())
            {
                if (!Settings.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                {
                    problems.Add($"Event route {route.Path}: unknown setting '{setting.Key}'.{SpellingSuggester.DidYouMean(setting.Key, Settings)} "
                                 + $"Settings: {string.Join(", ", Settings)}.");
                }
                else if (setting.Value is null)
                {
                    problems.Add($"Event route {route.Path}: {setting.Key} must be text; write JSON in one string, "
                                 + "such as \"{\\\"status\\\":[\\\"success\\\"]}\".");
                }
            }

            yield return new EventRouteDefinition(
                route.Path, route["Source"], route["DetailType"], route["Match"], route["Job"], route["Parameters"]);
        }
    }

    private string Describe(EventBridgeEvent bridged, EventRoute[] matching)
    {
        var what = $"'{PayloadText.Shorten(bridged.DetailType)}' of '{PayloadText.Shorten(bridged.Source)}'";
        if (matching.Length > 0)
        {
            return $"{matching.Length} routes match the event {what}: {string.Join<EventRoute>("; ", matching)}. "
                   + "Narrow their Match, so that one event starts one job.";
        }

        var routes = _routes.Count == 0 ? "none" : string.Join("; ", _routes);
        return $"No route matches the event {what} with detail {PayloadText.Value(bridged.Detail)}. Routes: {routes}. "
               + "Add one with MapEvent or EventRoutes, or give the rule's target a constant input: {\"job\":\"NAME\"}.";
    }
}
