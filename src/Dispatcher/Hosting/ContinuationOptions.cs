using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Hosting;

/// <summary>Options for continuing a run that stopped at its deadline, bound from the configuration section <c>Continuation</c>.</summary>
public sealed class ContinuationOptions
{
    /// <summary>
    /// Gets or sets the most runs of one request, the first one included. The last one fails if work remains.
    /// </summary>
    /// <value>The default value is 20: five hours of runs of 15 minutes.</value>
    [Range(1, JobRequest.MaxContinuation + 1)]
    public int MaxRuns { get; set; } = 20;

    /// <summary>
    /// Gets or sets how long the next run waits after one that changed nothing: a job that only waits for something else is not started
    /// over and over. After a run that changed something the next one begins at once.
    /// </summary>
    /// <value>The default value is 60 seconds; SQS delays a message by 900 at most.</value>
    [Range(0, 900)]
    public int IdleDelaySeconds { get; set; } = 60;
}
