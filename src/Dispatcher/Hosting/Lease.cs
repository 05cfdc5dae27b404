namespace Dispatcher.Hosting;

/// <summary>A lease that a run holds.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Key">What is leased, unique within the job.</param>
/// <param name="RunId">The id of the run that holds it.</param>
/// <param name="Token">The fencing token: each new holder of a lease gets a greater one.</param>
public sealed record Lease(string Job, string Key, string RunId, long Token);
