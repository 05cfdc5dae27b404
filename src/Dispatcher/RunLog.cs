namespace Dispatcher;

/// <summary>The place of a run's log in CloudWatch Logs.</summary>
/// <param name="Region">The region.</param>
/// <param name="Group">The log group.</param>
/// <param name="Stream">The log stream, which has the logs of other runs as well.</param>
public sealed record RunLog(string Region, string Group, string Stream);
