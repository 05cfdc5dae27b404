using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Hosting;

/// <summary>
/// Options for retrying a run after a transient failure, bound from the configuration section <c>Retry</c>.
/// </summary>
public sealed class RetryOptions
{
    /// <summary>Gets or sets how often a job is tried in all.</summary>
    /// <value>The default value is 3. 1 turns retry off.</value>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Gets or sets the pause before the second attempt. It doubles with each further one, with jitter.</summary>
    /// <value>The default value is 1 (second).</value>
    [Range(0.0, 300.0)]
    public double BaseDelaySeconds { get; set; } = 1;

    /// <summary>Gets or sets the longest pause.</summary>
    /// <value>The default value is 30 (seconds).</value>
    [Range(0.0, 600.0)]
    public double MaxDelaySeconds { get; set; } = 30;

    /// <summary>
    /// Gets or sets the longest pause that another side may ask for (<see cref="Failure.RetryAfter"/>). If it asks for more,
    /// the run fails at once: an earlier attempt would be unwelcome, and a longer wait costs more than the next scheduled run.
    /// </summary>
    /// <value>The default value is 300 (seconds).</value>
    [Range(0.0, 900.0)]
    public double MaxRetryAfterSeconds { get; set; } = 300;
}
