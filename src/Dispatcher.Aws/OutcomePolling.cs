namespace Dispatcher.Aws;

/// <summary>
/// The wait of a run for work that goes on elsewhere, such as tasks on ECS or commands on instances: one look every ten seconds, until the
/// outcome is known or the deadline has come.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="context">The run.</param>
public sealed class OutcomePolling(TimeProvider timeProvider, JobContext context)
{
    /// <summary>Gets the pause between two looks: work that takes hours is not worth more of them.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Looks until the outcome is known.</summary>
    /// <param name="look">
    /// Looks at the work: gets the number of the look, from 1, and returns the result of the run, or <see langword="null"/> if it is not
    /// done.
    /// </param>
    /// <param name="describeWork">Describes, at the deadline, the work that goes on and that a later delivery of the slot awaits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The result of the run; at the deadline <see cref="JobStatus.Continued"/>, because nothing has failed.</returns>
    public async Task<JobResult> WaitAsync(
        Func<int, CancellationToken, Task<JobResult?>> look, Func<string> describeWork, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(describeWork);
        try
        {
            for (var number = 1; ; number++)
            {
                if (await look(number, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    return result;
                }

                await Task.Delay(Pause, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.IsPastDeadline)
        {
            return JobResult.Continued(describeWork());
        }
    }
}
