namespace Dispatcher.Cli.Demo;

/// <summary>Is what became of a job that starts something elsewhere.</summary>
/// <param name="Runs">The dry run, the run, and the second run of the same slot.</param>
/// <param name="Found">What the server had after them.</param>
internal sealed record StartedWork(IReadOnlyList<RunRecord> Runs, IReadOnlyList<string> Found);
