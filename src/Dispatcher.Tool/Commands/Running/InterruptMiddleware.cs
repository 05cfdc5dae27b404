using Dispatcher.Hosting;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>
/// A middleware that lets Ctrl+C cancel a run whose host provides no token. It is outermost, so that the run is still recorded.
/// </summary>
/// <param name="interrupt">Fires at Ctrl+C.</param>
internal sealed class InterruptMiddleware(CancellationToken interrupt) : IJobMiddleware
{
    /// <inheritdoc />
    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(interrupt, cancellationToken);
        return await next(context, linked.Token);
    }
}
