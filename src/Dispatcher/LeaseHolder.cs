namespace Dispatcher;

/// <summary>The run that holds a lease.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Since">Since when it holds the lease.</param>
/// <param name="Until">When the lease expires unless the run renews it.</param>
public sealed record LeaseHolder(string RunId, DateTimeOffset Since, DateTimeOffset Until);
