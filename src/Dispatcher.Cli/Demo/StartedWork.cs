namespace Dispatcher.Cli.Demo;

/// <summary>The outcome of a job that starts work elsewhere.</summary>
/// <param name="Runs">The dry run, and the two deliveries of one slot: the one that ran first.</param>
/// <param name="Found">What the server had after them.</param>
internal sealed record StartedWork(IReadOnlyList<RunRecord> Runs, IReadOnlyList<string> Found);
