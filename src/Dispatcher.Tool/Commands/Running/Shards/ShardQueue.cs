using Dispatcher.Hosting;

namespace Dispatcher.Tool.Commands.Running.Shards;

/// <summary>The queue of the shards of one run, in the memory of the process that starts their workers.</summary>
internal sealed class ShardQueue : IRequestSender
{
    private readonly List<JobRequest> _shards = [];

    /// <summary>Gets the shards, in the order in which they were queued.</summary>
    public IReadOnlyList<JobRequest> Shards => _shards;

    /// <inheritdoc />
    public Task SendAsync(JobRequest next, TimeSpan delay, CancellationToken cancellationToken)
    {
        _shards.Add(next);
        return Task.CompletedTask;
    }
}
