using System.ComponentModel.DataAnnotations;

namespace Dispatcher.Lambda;

/// <summary>Options for batches of SQS messages. Bound from the configuration section <c>SqsBatch</c>.</summary>
public sealed class SqsBatchOptions
{
    /// <summary>
    /// Gets or sets the number of messages of a standard queue that run at once. Those of a FIFO queue always run one after the other.
    /// </summary>
    /// <value>The default value is 1.</value>
    [Range(1, 100)]
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>
    /// Gets or sets the remaining time that is needed to start a message. The first message is always started; messages that are not
    /// started go back to the queue.
    /// </summary>
    /// <value>The default value is 30 seconds. Never more than a quarter of the time that the batch has.</value>
    [Range(0.0, 900.0)]
    public double MinimumSeconds { get; set; } = 30;
}
