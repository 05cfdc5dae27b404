using Dispatcher.Hosting;

namespace Dispatcher.Reporting.Status;

/// <summary>
/// A reader of what is overdue, by the rule of <see cref="StatusReader"/>. It reads each job by name, so that the history need not find out
/// which jobs it has.
/// </summary>
/// <param name="history">The history.</param>
public sealed class OverdueReader(IRunHistory history)
{
    /// <summary>Reads what is overdue.</summary>
    /// <param name="settings">The limits.</param>
    /// <param name="jobs">The registered jobs. Those without a limit are judged by their rhythm, if the settings say so.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One state per limit, then one per job that is judged by its rhythm.</returns>
    public async Task<IReadOnlyList<OverdueState>> ReadAsync(
        WatchSettings settings, IEnumerable<string> jobs, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(jobs);
        var states = new List<OverdueState>();
        foreach (var limit in settings.Limits)
        {
            var age = await SuccessSearch.FindAsync(history, limit, now, cancellationToken);
            var delay = Delay.FindByLimit(age, now);
            states.Add(new OverdueState(limit.Job, limit.Task, delay is not null, delay?.Reason ?? string.Empty)
            {
                LastSuccess = age.LastSuccess, MaxAge = limit.MaxAge,
            });
        }

        var reader = new StatusReader(history);
        foreach (var job in settings.ByRhythm ? jobs : [])
        {
            if (!settings.Limits.Any(limit => limit.Task is null && limit.Job == job))
            {
                var board = await reader.ReadAsync(new StatusRequest { Job = job, Registered = [job] }, now, cancellationToken);
                states.Add(Describe(board.Jobs.Single()));
            }
        }

        return states;
    }

    private static OverdueState Describe(JobHealth health)
    {
        var isOverdue = health.Verdict == JobVerdict.Overdue || health is { Verdict: JobVerdict.NeverRan, NeedsPerson: true };
        return new OverdueState(health.Job, null, isOverdue, isOverdue ? health.Reason : string.Empty)
        {
            LastSuccess = health.LastSuccess?.StartedAt,
        };
    }
}
