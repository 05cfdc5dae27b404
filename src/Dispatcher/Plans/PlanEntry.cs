namespace Dispatcher.Plans;

/// <summary>A plan in a list of a store.</summary>
/// <param name="Location">Where the plan is.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="Length">The length of the file, in bytes.</param>
public sealed record PlanEntry(string Location, DateTimeOffset WrittenAt, long Length);
