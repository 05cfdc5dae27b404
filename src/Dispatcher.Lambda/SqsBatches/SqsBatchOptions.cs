using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Lambda.SqsBatches;

/// <summary>Sets how a batch of SQS messages is worked through. Bound from the configuration section <c>SqsBatch</c>.</summary>
public sealed class SqsBatchOptions
{
    /// <summary>
    /// Gets or sets how many messages of a standard queue run at once. Those of a FIFO queue run one after the other all the same.
    /// </summary>
    /// <value>The default value is 1.</value>
    [Range(1, 100)]
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>
    /// Gets or sets how much time has to be left for a message to be started. The first one is always started; what is not goes back to the queue.
    /// </summary>
    /// <value>The default value is 30 seconds. Never more than a quarter of the time that the batch has.</value>
    [Range(0.0, 900.0)]
    public double MinimumSeconds { get; set; } = 30;
}
