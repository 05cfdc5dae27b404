using System.Text.Json;
using Dispatcher.EventBridge.Patterns;

namespace Dispatcher.EventBridge;

/// <summary>A route from an EventBridge event to a job.</summary>
/// <param name="source">The event's <c>source</c>.</param>
/// <param name="detailType">The event's <c>detail-type</c>.</param>
/// <param name="match">The pattern that its <c>detail</c> has to match.</param>
/// <param name="job">The job that it starts.</param>
/// <param name="parameters">The job's parameters.</param>
internal sealed class EventRoute(string source, string detailType, EventPattern match, string job, ParameterTemplate parameters)
{
    /// <summary>Gets the event's <c>source</c>, compared exactly.</summary>
    public string Source => source;

    /// <summary>Gets the event's <c>detail-type</c>, compared exactly.</summary>
    public string DetailType => detailType;

    /// <summary>Gets the name of the job that the event starts.</summary>
    public string Job => job;

    /// <summary>Gets the job's parameters: constants, and paths into the event.</summary>
    public ParameterTemplate Parameters => parameters;

    /// <summary>Determines whether an event matches this route.</summary>
    public bool IsFor(string eventSource, string eventDetailType, JsonElement detail) =>
        eventSource == source && eventDetailType == detailType && match.Matches(detail);

    /// <summary>
    /// Prints the route as an error lists it: <c>Order Cancelled of shop.orders where {…} -> refund-order</c>.
    /// </summary>
    public override string ToString() =>
        $"'{detailType}' of '{source}'{(match.IsEmpty ? string.Empty : $" where detail matches {match}")} -> {job}";
}
