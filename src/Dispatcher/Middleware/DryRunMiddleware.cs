using Dispatcher.Hosting;

namespace Dispatcher.Middleware;

/// <summary>A middleware that guards a dry run, and fails the run if a call had to be refused.</summary>
internal sealed class DryRunMiddleware : IJobMiddleware
{
    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) =>
        context.DryRun ? GuardAsync(context, next, cancellationToken) : next(context, cancellationToken);

    private static async Task<JobResult> GuardAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        // Flows to what this method awaits and ends with it: an AsyncLocal set in an async method does not reach its caller.
        var guard = DryRunGuard.Begin();
        try
        {
            var result = await next(context, cancellationToken);
            return guard.Violation is { } violation ? Fail(violation) : result;
        }
        catch (Exception) when (guard.Violation is not null)
        {
            // However the job handled the refusal, the message names the refused call.
            return Fail(guard.Violation);
        }
    }

    private static JobResult Fail(DryRunViolationException violation) => JobResult.Failed(violation.Message, violation);
}
