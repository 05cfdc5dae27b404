namespace Dispatcher.Reporting.Status;

/// <summary>
/// The rule by which a record is known as that of the command <c>restore</c>. A job of a similar name that takes other parameters is a job
/// like any other.
/// </summary>
internal static class RestoreRun
{
    private const string Suffix = "-restore";

    /// <summary>Determines whether a run took back what a run of another job has done.</summary>
    /// <param name="run">The record.</param>
    /// <returns>Whether it did.</returns>
    public static bool Is(RunRecord run) =>
        run.Parameters is { } parameters
        && parameters.ContainsKey("run")
        && parameters.TryGetValue("job", out var job)
        && run.Job == job + Suffix;
}
