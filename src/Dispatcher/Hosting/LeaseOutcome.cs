namespace Dispatcher.Hosting;

/// <summary>The outcome of the work behind a lease, for requests that come after it.</summary>
/// <param name="RunId">The id of the run that did the work. <see cref="IRunStore.GetAsync"/> reads its record.</param>
/// <param name="Status">How the run ended.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="KeepUntil">Until when the outcome is kept.</param>
public sealed record LeaseOutcome(string RunId, JobStatus Status, DateTimeOffset FinishedAt, DateTimeOffset KeepUntil);
