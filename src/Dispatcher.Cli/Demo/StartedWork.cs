namespace Dispatcher.Cli.Demo;

/// <summary>The outcome of a job that starts work elsewhere.</summary>
/// <param name="Runs">The dry run, the run, and the second run of the same slot.</param>
/// <param name="Found">What the server had after them.</param>
internal sealed record StartedWork(IReadOnlyList<RunRecord> Runs, IReadOnlyList<string> Found);
