using System.Text.Json;

namespace Dispatcher.Telemetry;

/// <summary>
/// Says that a run failed, after its metrics and its record have been written. Its message is the record as JSON behind one readable
/// line, so that a dead-letter record of the invocation holds everything.
/// </summary>
public sealed class JobFailedException : Exception
{
    internal JobFailedException(JobRunSummary summary)
        : base($"Job '{summary.Job}' failed: {summary.Summary}{Environment.NewLine}"
               + JsonSerializer.Serialize(summary, DispatcherJsonContext.Default.JobRunSummary))
    {
        Summary = summary;
    }

    /// <summary>Gets the record of the run.</summary>
    public JobRunSummary Summary { get; }
}
