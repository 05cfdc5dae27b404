namespace Dispatcher;

/// <summary>Says how far a run has come. Reported as often as a job likes; who listens decides how often to look.</summary>
/// <param name="Stage">What is being done, for example <c>Checking sessions</c>.</param>
/// <param name="Done">How many items of the stage are done.</param>
/// <param name="Total">How many items the stage has, where that is known.</param>
public readonly record struct JobProgress(string Stage, long Done, long? Total = null);
