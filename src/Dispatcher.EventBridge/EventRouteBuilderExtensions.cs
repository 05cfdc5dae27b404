using System.Diagnostics.CodeAnalysis;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.EventBridge;

/// <summary>Extensions that register event routes.</summary>
public static class EventRouteBuilderExtensions
{
    /// <summary>Accepts native events and starts the jobs that the configuration section <c>EventRoutes</c> names for them.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddEventRoutes(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton<EventRouteTable>();
        builder.Services.TryAddSingleton<IEventRoutes>(static services => services.GetRequiredService<EventRouteTable>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPayloadMapper, EventRouteTable>(
            static services => services.GetRequiredService<EventRouteTable>()));
        return builder;
    }

    /// <summary>
    /// Starts a job for an event that EventBridge delivers without an input transformer. The same can be written in the
    /// configuration: <c>EventRoutes:0:Source</c>, <c>DetailType</c>, <c>Match</c>, <c>Job</c>, <c>Parameters</c>. Routes are checked at
    /// startup.
    /// </summary>
    /// <remarks><see cref="MapEventPattern"/> also matches other fields, and source and detail type by operators.</remarks>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="source">The event's <c>source</c>, compared exactly.</param>
    /// <param name="detailType">The event's <c>detail-type</c>, compared exactly.</param>
    /// <param name="match">
    /// The pattern that the event's <c>detail</c> has to match: the <c>detail</c> part of an EventBridge event pattern, JSON.
    /// <see langword="null"/> matches every detail.
    /// </param>
    /// <param name="job">The job. The event's id and time become the request's.</param>
    /// <param name="parameters">
    /// The job's parameters, JSON. Strings that begin with <c>$.</c> are paths into the event, such as <c>$.detail.processedCount</c>;
    /// everything else is a constant. <see langword="null"/> gives none.
    /// </param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder MapEvent(
        this IDispatcherBuilder builder,
        string source,
        string detailType,
        [StringSyntax(StringSyntaxAttribute.Json)] string? match,
        string job,
        [StringSyntax(StringSyntaxAttribute.Json)] string? parameters = null)
    {
        builder.AddEventRoutes().Services.AddSingleton(
            new EventRouteDefinition($"MapEvent(\"{source}\", \"{detailType}\")", source, detailType, match, job, parameters));
        return builder;
    }

    /// <summary>
    /// Starts a job for each event that matches a pattern of the whole event, such as one of several sources, regions or resources. The
    /// same can be written in the configuration: <c>EventRoutes:0:Pattern</c>, <c>Job</c>, <c>Parameters</c>.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="pattern">An event pattern as in a rule of EventBridge, JSON.</param>
    /// <param name="job">The job. The event's id and time become the request's.</param>
    /// <param name="parameters">The job's parameters, JSON, as in <see cref="MapEvent"/>. <see langword="null"/> gives none.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder MapEventPattern(
        this IDispatcherBuilder builder,
        [StringSyntax(StringSyntaxAttribute.Json)] string pattern,
        string job,
        [StringSyntax(StringSyntaxAttribute.Json)] string? parameters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);

        builder.AddEventRoutes().Services.AddSingleton(
            new EventRouteDefinition($"MapEventPattern(…, \"{job}\")", null, null, null, job, parameters, pattern));
        return builder;
    }
}
