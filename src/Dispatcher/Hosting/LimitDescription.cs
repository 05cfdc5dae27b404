namespace Dispatcher.Hosting;

/// <summary>A limit that applies to the runs of a job.</summary>
/// <param name="Value">The limit.</param>
/// <param name="Source">Where it comes from: <c>registration</c>, or the name of a setting.</param>
public sealed record LimitDescription(decimal Value, string Source);
