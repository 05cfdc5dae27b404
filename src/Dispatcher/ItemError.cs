namespace Dispatcher;

/// <summary>An item that failed.</summary>
/// <param name="Item">Which item.</param>
/// <param name="Error">What is wrong with it.</param>
public sealed record ItemError(string Item, string Error);
