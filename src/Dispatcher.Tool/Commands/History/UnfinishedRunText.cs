using Dispatcher.Reporting.Status;

namespace Dispatcher.Tool.Commands.History;

/// <summary>What is known of a run whose end is not recorded, in words.</summary>
internal static class UnfinishedRunText
{
    /// <summary>Describes a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="location">The history that has no record of it.</param>
    /// <param name="text">Formats times.</param>
    /// <returns>One sentence.</returns>
    public static string Describe(UnfinishedRun run, string location, RunFormat text) =>
        $"Run {run.RunId} of '{run.Job}' started {text.Minute(run.StartedAt)} and has no record in {location}: "
        + (run.IsAtWork ? "it is at work." : "its process was probably killed.");

    /// <summary>Describes what to do next.</summary>
    /// <param name="run">The run.</param>
    /// <param name="tool">The name of the tool.</param>
    /// <returns>One sentence.</returns>
    public static string Advise(UnfinishedRun run, string tool) => run switch
    {
        { HasChanges: not false } => $"'{tool} audit {run.RunId}' lists what it has changed.",
        { IsAtWork: true } => "It has changed nothing yet.",
        _ => "It has begun no change. Run the job again.",
    };
}
