using Dispatcher.Hosting;

namespace Dispatcher.Middleware;

/// <summary>Puts the guard over a dry run, and fails the run if anything had to be refused.</summary>
internal sealed class DryRunMiddleware : IJobMiddleware
{
    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        if (!context.DryRun)
        {
            return await next(context, cancellationToken);
        }

        // Flows to what this method awaits and ends with it: an AsyncLocal set in an async method does not reach its caller.
        var guard = DryRunGuard.Begin();
        try
        {
            var result = await next(context, cancellationToken);
            return guard.Violation is { } violation ? Fail(violation) : result;
        }
        catch (Exception) when (guard.Violation is not null)
        {
            // Whatever the job made of the refusal, the refused call is what has to be named.
            return Fail(guard.Violation);
        }
    }

    private static JobResult Fail(DryRunViolationException violation) => JobResult.Failed(violation.Message, violation);
}
