using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.History;

/// <summary>
/// A middleware that marks a real run as started until it has been recorded. It is outermost, so that the mark outlives the run.
/// </summary>
/// <param name="marks">The marks of this machine.</param>
/// <param name="services">The services, of which the run store is created only for a run.</param>
internal sealed class RunMarkMiddleware(RunMarks marks, IServiceProvider services) : IJobMiddleware
{
    /// <inheritdoc />
    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        using var mark = !context.DryRun && services.GetService<IRunStore>() is { } store
            ? marks.Begin(new RunMark(context.RunId, context.Job, context.StartedAt, store.Location))
            : null;
        return await next(context, cancellationToken);
    }
}
