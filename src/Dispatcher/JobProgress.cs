namespace Dispatcher;

/// <summary>The progress of a run. A job may report it at any rate; the receiver decides how often to show it.</summary>
/// <param name="Stage">What is being done, for example <c>Checking sessions</c>.</param>
/// <param name="Done">How many items of the stage are done.</param>
/// <param name="Total">The number of items of the stage, if known.</param>
public readonly record struct JobProgress(string Stage, long Done, long? Total = null);
