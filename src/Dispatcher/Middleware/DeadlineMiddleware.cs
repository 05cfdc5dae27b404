using Dispatcher.Hosting;
using Dispatcher.Runs;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that asks the job to stop a margin before the host ends the process, and abandons it if it does not, so that every run is
/// reported.
/// </summary>
internal sealed class DeadlineMiddleware(IOptions<DeadlineOptions> options, TimeProvider timeProvider) : IJobMiddleware
{
    /// <summary>The longest wait: .NET's timers allow at most 49 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(30);

    private readonly DeadlineOptions _options = options.Value;

    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) =>
        context.Request.Deadline is { } hostLimit
            ? StopInTimeAsync(hostLimit, context, next, cancellationToken)
            : next(context, cancellationToken);

    private async Task<JobResult> StopInTimeAsync(
        DateTimeOffset hostLimit, JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var remaining = hostLimit - timeProvider.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
        {
            return JobResult.Failed($"No time was left to run: the deadline was {hostLimit:O}. Raise the function's timeout.");
        }

        var untilStop = Until(remaining, _options.StopMarginSeconds, divisor: 4);
        var untilReport = Until(remaining, _options.ReportMarginSeconds, divisor: 20);
        context.Deadline = timeProvider.GetUtcNow() + untilStop;

        using var stop = new CancellationTokenSource(untilStop, timeProvider);
        JobRun.Of(context).DeadlineToken = stop.Token;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Token);

        // Runs on the thread pool: a job that blocks instead of awaiting would otherwise never yield control.
        var run = Task.Run(() => next(context, linked.Token), CancellationToken.None);

        // Not cut off by the caller's cancellation: the job sees it through its token and is left the time to stop in good order.
        await ((Task)run).WaitAsync(
            untilReport, timeProvider, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!run.IsCompleted)
        {
            Abandon(run, context);
            return JobResult.Failed(Describe("did not stop at", context, untilStop));
        }

        try
        {
            return await run;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return JobResult.Failed(Describe("was stopped at", context, untilStop));
        }
    }

    /// <summary>Subtracts a margin of at most a fraction of the remaining time, so that a short run keeps most of it.</summary>
    private static TimeSpan Until(TimeSpan remaining, double marginSeconds, int divisor)
    {
        var margin = Min(TimeSpan.FromSeconds(marginSeconds), remaining / divisor);
        return Min(remaining - margin, LongestTimer);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static string Describe(string what, JobContext context, TimeSpan after)
    {
        var changes = JobRun.Of(context).Gate.Summarize();
        return $"The job {what} its deadline, {after.TotalSeconds:0.#} s after it began, with {changes.Applied} changes made"
            + (changes.InterruptedText is { } interrupted ? $" and {interrupted}. " : ". ")
            + "Raise the function's timeout, or give the job less to do at once.";
    }

    /// <summary>Closes the change gate of a job that goes on running, and observes its exception.</summary>
    private static void Abandon(Task run, JobContext context)
    {
        JobRun.Of(context).Gate.Close();
        _ = run.ContinueWith(static task => task.Exception, TaskScheduler.Default);
    }
}
