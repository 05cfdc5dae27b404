using System.Text.Json;

namespace Dispatcher.EventBridge;

/// <summary>The routes from events to jobs, as tools show them.</summary>
public interface IEventRoutes
{
    /// <summary>Gets the number of routes.</summary>
    int Count { get; }

    /// <summary>Explains for each route whether an event matches it, and why.</summary>
    /// <param name="event">The event as EventBridge delivers it.</param>
    /// <returns>One explanation for each route, in the order of their definition; empty if this is not an event.</returns>
    IReadOnlyList<EventRouteExplanation> Explain(JsonElement @event);
}
