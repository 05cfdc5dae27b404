using Dispatcher.EventBridge.Patterns;

namespace Dispatcher.EventBridge;

/// <summary>Why an event matches a route, or does not.</summary>
/// <param name="Route">The route as errors list it: <c>'Order Cancelled' of 'shop.orders' -> refund-order</c>.</param>
/// <param name="Job">The job that it starts.</param>
/// <param name="Pattern">Why the event matches its pattern, or does not.</param>
public sealed record EventRouteExplanation(string Route, string Job, PatternExplanation Pattern);
