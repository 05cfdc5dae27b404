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

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPayloadMapper, EventRouteTable>());
        return builder;
    }

    /// <summary>
    /// Starts a job for an event that EventBridge delivers without an input transformer. The same can be written in the
    /// configuration: <c>EventRoutes:0:Source</c>, <c>DetailType</c>, <c>Match</c>, <c>Job</c>, <c>Parameters</c>. Routes are checked at startup.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="source">The event's <c>source</c>, compared exactly.</param>
    /// <param name="detailType">The event's <c>detail-type</c>, compared exactly.</param>
    /// <param name="match">
    /// The pattern that the event's <c>detail</c> has to match: the <c>detail</c> part of an EventBridge event pattern, JSON, with the operators
    /// <c>prefix</c>, <c>suffix</c>, <c>equals-ignore-case</c>, <c>anything-but</c>, <c>numeric</c> and <c>exists</c>.
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
}
