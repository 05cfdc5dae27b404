namespace Dispatcher.Hosting;

/// <summary>A request for a lease.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Key">
/// What is leased, unique within the job, at most 512 characters: a slot, or what the job may not do twice at once.
/// </param>
/// <param name="RunId">The id of the run that is to hold it.</param>
/// <param name="Until">When it expires unless it is renewed.</param>
public sealed record LeaseRequest(string Job, string Key, string RunId, DateTimeOffset Until);
