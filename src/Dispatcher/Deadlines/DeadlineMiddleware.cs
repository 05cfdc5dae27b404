using Dispatcher.Pipeline;
using Microsoft.Extensions.Options;

namespace Dispatcher.Deadlines;

/// <summary>
/// Asks the job to stop a margin before the host ends the process, and goes on without it if it does not, so that every run is reported.
/// </summary>
internal sealed class DeadlineMiddleware(IOptions<DeadlineOptions> options, TimeProvider timeProvider) : IJobMiddleware
{
    private readonly DeadlineOptions _options = options.Value;

    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        if (context.Request.Deadline is not { } hostLimit)
        {
            return await next(context, cancellationToken);
        }

        var remaining = hostLimit - timeProvider.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            return JobResult.Failed($"No time was left to run: the deadline was {hostLimit:O}. Raise the function's timeout.");
        }

        var untilStop = remaining - Min(TimeSpan.FromSeconds(_options.StopMarginSeconds), remaining / 4);
        var untilReport = remaining - Min(TimeSpan.FromSeconds(_options.ReportMarginSeconds), remaining / 20);
        context.Deadline = timeProvider.GetUtcNow() + untilStop;

        using var stop = new CancellationTokenSource(untilStop, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Token);
        var run = next(context, linked.Token);
        try
        {
            return await run.WaitAsync(untilReport, timeProvider, cancellationToken);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return JobResult.Failed(Describe("was stopped at", context, untilStop));
        }
        catch (TimeoutException) when (!run.IsCompleted)
        {
            Abandon(run, context);
            return JobResult.Failed(Describe("did not stop at", context, untilStop));
        }
        catch (OperationCanceledException) when (!run.IsCompleted)
        {
            Abandon(run, context);
            throw;
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static string Describe(string what, JobContext context, TimeSpan after) =>
        $"The job {what} its deadline, {after.TotalSeconds:0.#} s after it began, with {context.Gate.Summarize().Applied} changes made. "
        + "Raise the function's timeout, or give the job less to do at once.";

    /// <summary>Shuts the gate behind a job that goes on running, and looks at its exception so that it is not reported as unobserved.</summary>
    private static void Abandon(Task run, JobContext context)
    {
        context.Gate.Close();
        _ = run.ContinueWith(static task => task.Exception, TaskScheduler.Default);
    }
}
