using System.Text.Json;
using Dispatcher.EventBridge.Patterns;

namespace Dispatcher.EventBridge;

/// <summary>A route from an EventBridge event to a job.</summary>
/// <param name="pattern">The pattern that the event has to match.</param>
/// <param name="text">The route as an error lists it: <c>'Order Cancelled' of 'shop.orders' where … -> refund-order</c>.</param>
/// <param name="job">The job that it starts.</param>
/// <param name="parameters">The job's parameters.</param>
internal sealed class EventRoute(EventPattern pattern, string text, string job, ParameterTemplate parameters)
{
    /// <summary>Gets the pattern that the event has to match.</summary>
    public EventPattern Pattern => pattern;

    /// <summary>Gets the name of the job that the event starts.</summary>
    public string Job => job;

    /// <summary>Gets the job's parameters: constants, and paths into the event.</summary>
    public ParameterTemplate Parameters => parameters;

    /// <summary>Determines whether an event matches this route.</summary>
    public bool IsFor(JsonElement @event) => pattern.Matches(@event);

    /// <summary>Prints the route as an error lists it.</summary>
    public override string ToString() => text;
}
