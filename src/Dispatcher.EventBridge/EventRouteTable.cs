using System.Buffers;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dispatcher.EventBridge;

/// <summary>
/// The table of all event routes, from <see cref="EventRouteBuilderExtensions.MapEvent"/> and from the configuration section
/// <c>EventRoutes</c>. Created at startup, so that a route that cannot work is found before the first event.
/// </summary>
/// <remarks>
/// Names of parameters in code are checked when the table is first used: to know them takes the JSON contract of the job, which a cold
/// start must not create for routes that no setting can break.
/// </remarks>
internal sealed class EventRouteTable : IPayloadMapper, IEventRoutes
{
    public const string Section = "EventRoutes";

    private static readonly string[] Settings = ["Source", "DetailType", "Match", "Pattern", "Job", "Parameters"];

    private readonly IReadOnlyList<EventRoute> _compiled;
    private readonly Lazy<IReadOnlyList<EventRoute>> _routes;

    public EventRouteTable(IEnumerable<EventRouteDefinition> definitions, IConfiguration configuration, JobRegistry registry)
    {
        var problems = new List<string>();
        EventRouteDefinition[] coded = [.. definitions];
        _compiled =
        [
            .. coded.Concat(FromConfiguration(configuration.GetSection(Section), problems))
                .Select(definition => Compile(definition, registry, problems))
                .OfType<EventRoute>(),
        ];
        ThrowIfAny(problems);
        _routes = new(() =>
        {
            var late = new List<string>();
            Array.ForEach(coded, definition => CheckParameters(definition, registry, late));
            ThrowIfAny(late);
            return _compiled;
        });
    }

    /// <inheritdoc />
    public int Count => _compiled.Count;

    public bool CanMap(JsonElement payload) => EventBridgeEvent.IsEvent(payload);

    /// <summary>Maps an event to the payload of the job that its route names.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="problems">Receives the problems: no route, several routes, a part that the route needs and the event lacks.</param>
    /// <returns>
    /// A payload with <c>job</c> and <c>parameters</c>, and the event's id and time as <c>id</c> and <c>scheduledTime</c>;
    /// <see langword="null"/> if there are problems.
    /// </returns>
    public JsonElement? Map(JsonElement payload, ProblemList problems)
    {
        if (EventBridgeEvent.Read(payload, problems) is not { } @event)
        {
            return null;
        }

        EventRoute[] matching = [.. _routes.Value.Where(route => route.IsFor(@event.Whole))];
        if (matching is [var route])
        {
            return Fill(route, @event, problems);
        }

        problems.Add(Describe(@event, matching));
        return null;
    }

    /// <inheritdoc />
    public IReadOnlyList<EventRouteExplanation> Explain(JsonElement @event) =>
        CanMap(@event) && EventBridgeEvent.Read(@event, new ProblemList()) is { } read
            ? [.. _routes.Value.Select(route => new EventRouteExplanation($"{route}", route.Job, route.Pattern.Explain(read.Whole)))]
            : [];

    private static JsonElement? Fill(EventRoute route, EventBridgeEvent @event, ProblemList problems)
    {
        var before = problems.Count;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("job", route.Job);
            writer.WritePropertyName("parameters");
            route.Parameters.Write(writer, @event, problems);
            foreach (var (field, name) in ((string, string)[])[("id", "id"), ("time", "scheduledTime")])
            {
                if (PayloadText.TryGetProperty(@event.Payload, field, out var value))
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
        var route = definition.Compile(problems);
        if (string.IsNullOrWhiteSpace(definition.Job))
        {
            return route;
        }

        if (!registry.TryFind(definition.Job, out _))
        {
            problems.Add(definition.Describe(nameof(definition.Job), registry.DescribeMissing(definition.Job)));
        }
        else if (definition.IsConfigured)
        {
            CheckParameters(definition, registry, problems);
        }

        return route;
    }

    private static void CheckParameters(EventRouteDefinition definition, JobRegistry registry, List<string> problems)
    {
        string[] given = [.. definition.ParameterNames];
        if (given.Length == 0 || !registry.TryFind(definition.Job!, out var job))
        {
            return;
        }

        string[] known = [.. job.Parameters.All.Select(parameter => parameter.Name)];
        problems.AddRange(given.Except(known, StringComparer.Ordinal).Select(name => definition.Describe(
            nameof(definition.Parameters),
            $"Unknown parameter '{PayloadText.Shorten(name)}' of job '{job.Name}'.{SpellingSuggester.DidYouMean(name, known)} "
                + $"Parameters: {(known.Length == 0 ? "none" : string.Join(", ", known))}.")));
    }

    private static void ThrowIfAny(List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Section, typeof(EventRouteTable), problems);
        }
    }

    private static IEnumerable<EventRouteDefinition> FromConfiguration(IConfigurationSection section, List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            problems.Add($"{section.Path}: It is {PayloadText.Shorten(section.Value)}, but a route consists of settings. "
                + $"Write {section.Path}:0:Source, {section.Path}:0:DetailType and {section.Path}:0:Job.");
        }

        foreach (var route in section.GetChildren())
        {
            // EventRoutes:Job
            if (route.Value is { } value && !route.GetChildren().Any())
            {
                var name = SpellingSuggester.Find(route.Key, Settings) ?? Settings[0];
                problems.Add(
                    $"{route.Path}: It is '{PayloadText.Shorten(value)}', but belongs to no route. Write {section.Path}:0:{name}.");
                continue;
            }

            foreach (var setting in route.GetChildren())
            {
                if (!Settings.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                {
                    problems.Add($"{setting.Path}: A route has no setting "
                        + $"'{PayloadText.Shorten(setting.Key)}'.{SpellingSuggester.DidYouMean(setting.Key, Settings)} "
                        + $"Settings: {string.Join(", ", Settings)}.");
                }
                else if (setting.Value is null)
                {
                    problems.Add($"{setting.Path}: It must be text. Write JSON in one string, "
                        + "such as \"{\\\"status\\\":[\\\"success\\\"]}\".");
                }
            }

            yield return new EventRouteDefinition(
                route.Path, route["Source"], route["DetailType"], route["Match"], route["Job"], route["Parameters"], route["Pattern"])
            {
                IsConfigured = true,
            };
        }
    }

    private string Describe(EventBridgeEvent @event, EventRoute[] matching)
    {
        var what = $"'{PayloadText.Shorten(@event.DetailType)}' of '{PayloadText.Shorten(@event.Source)}'";
        if (matching.Length > 0)
        {
            return $"{matching.Length} routes match the event {what}: {string.Join<EventRoute>("; ", matching)}. "
                   + "Narrow their Match or Pattern, so that one event starts one job.";
        }

        var routes = _compiled.Count == 0 ? "none" : string.Join("; ", _compiled);
        return $"No route matches the event {what} with detail {PayloadText.Value(@event.Detail)}. Routes: {routes}. "
               + "Add one with MapEvent or EventRoutes, or give the rule's target a constant input: {\"job\":\"NAME\"}.";
    }
}
