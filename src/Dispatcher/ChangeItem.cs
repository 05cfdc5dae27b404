namespace Dispatcher;

/// <summary>Is one change as the result lists it.</summary>
/// <param name="Action">What was done.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Reason">Why.</param>
public sealed record ChangeItem(string Action, string Target, string? Reason);
