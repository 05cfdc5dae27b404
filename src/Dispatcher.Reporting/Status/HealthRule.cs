namespace Dispatcher.Reporting.Status;

/// <summary>The rule by which a job is well or not. Everything that shows a verdict uses it.</summary>
public static class HealthRule
{
    /// <summary>A run that is at work for so long is not remarkable.</summary>
    private static readonly TimeSpan ShortRun = TimeSpan.FromHours(1);

    /// <summary>The runs whose longest one tells how long a run of the job takes.</summary>
    private const int LeastRuns = 3;

    private const int LongTimes = 3;

    /// <summary>After so long, the failure of a job that nobody knows any more is history.</summary>
    private static readonly TimeSpan RetiredAfter = TimeSpan.FromDays(30);

    /// <summary>Judges a job.</summary>
    /// <param name="facts">What is known about the job.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Its health.</returns>
    public static JobHealth Judge(JobFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var running = facts.Running.OrderBy(static run => run.Since).ToList();
        var delay = facts.Pause is null ? Delay.Find(facts, now) : null;
        return Decide(facts, delay, running, now) with
        {
            LastRun = facts.Runs.Last,
            LastSuccess = facts.Runs.LastSuccess,
            Next = facts.Pause is null ? facts.Schedule?.Next ?? NextByInterval(facts, running, now) : null,
            IsNextApproximate = facts.Schedule?.Interval is not null,
            OverdueSince = delay?.Since,
            Running = running,
            Pause = facts.Pause,
            Schedule = facts.Schedule?.Description,
        };
    }

    private static JobHealth Decide(JobFacts facts, Delay? delay, List<LeaseHolder> running, DateTimeOffset now)
    {
        var last = facts.Runs.Deciding;
        if (facts.Pause is { } pause)
        {
            return Fine(facts, JobVerdict.Paused, Describe(pause) + (last is { Status: JobStatus.Failed }
                ? "; its last run failed" : string.Empty));
        }

        if (facts.Runs.Last is null && running.Count == 0)
        {
            return delay is null
                ? Fine(facts, JobVerdict.NeverRan, facts.Schedule switch
                {
                    { HasTimes: true, Applies: true } => "not due yet",
                    { HasTimes: true } => "its schedule does not start it here",
                    { Description: { } description } => description,
                    _ => "no schedule is known",
                })
                : Bad(facts, JobVerdict.NeverRan, delay.Reason, "schedules");
        }

        if (delay is not null)
        {
            return last is { Status: JobStatus.Failed }
                ? Bad(facts, JobVerdict.Overdue, $"{delay.Reason}; the last run failed: {last.Summary}", ShowOf(last))
                : Bad(facts, JobVerdict.Overdue, delay.Reason, HistoryOf(facts));
        }

        return last switch
        {
            _ when IsRetired(facts, now) => Fine(facts, JobVerdict.Retired, "neither registered here nor in the template"),
            { Status: JobStatus.Failed } => Bad(facts, JobVerdict.Failing, InARow(facts, "failed", last), ShowOf(last)),
            { Status: JobStatus.Partial } => Bad(facts, JobVerdict.Partial, InARow(facts, "some items failed", last), ShowOf(last)),
            _ when running is [var longest, ..] => JudgeRunning(facts, longest, now),
            _ => Fine(facts, JobVerdict.Well, facts.Runs switch
            {
                { OnlyPlans: true } => "only dry runs: nothing was changed",
                { LastCounted.Status: JobStatus.Continued } => "stopped at its deadline; a later run goes on",
                _ => string.Empty,
            }),
        };
    }

    private static DateTimeOffset? NextByInterval(JobFacts facts, List<LeaseHolder> running, DateTimeOffset now) =>
        facts.Schedule?.Interval is { } interval
        && (running.Count > 0 ? running[^1].Since : facts.Runs.LastCounted?.StartedAt) + interval is { } next && next > now ? next : null;

    private static JobHealth JudgeRunning(JobFacts facts, LeaseHolder run, DateTimeOffset now)
    {
        var (took, longest) = (now - run.Since, facts.Runs.Longest);
        return took > ShortRun && facts.Runs.Count >= LeastRuns && took > longest * LongTimes
            ? Bad(
                facts,
                JobVerdict.Running,
                $"run {run.RunId} is at work for {AgeText.For(took)}; no run before took longer than {AgeText.For(longest)}",
                HistoryOf(facts))
            : Fine(facts, JobVerdict.Running, $"run {run.RunId} for {AgeText.For(took)}");
    }

    /// <summary>A newer function may have a job that this tool does not know: while it runs, it is judged as every other.</summary>
    private static bool IsRetired(JobFacts facts, DateTimeOffset now) =>
        facts is { IsUnscheduled: true, IsRegistered: false, Running.Count: 0 }
        && (facts.Runs.Last is not { } last || now - last.StartedAt > RetiredAfter
            || facts.Runs.Deciding is not { Status: JobStatus.Failed or JobStatus.Partial });

    private static JobHealth Fine(JobFacts facts, JobVerdict verdict, string reason) => new(facts.Job, verdict, false, reason);

    private static JobHealth Bad(JobFacts facts, JobVerdict verdict, string reason, string command) =>
        new(facts.Job, verdict, true, reason) { NextCommand = command };

    private static string InARow(JobFacts facts, string what, StatusRun run)
    {
        var atLeast = facts.Runs.IsInARowCut ? "at least " : string.Empty;
        return $"{what}{(facts.Runs.InARow is > 1 and var times ? $" {atLeast}{times} times in a row" : string.Empty)}: {run.Summary}";
    }

    private static string Describe(JobPause pause) =>
        pause.By is null ? pause.Reason : $"{pause.Reason} (by {pause.By})";

    private static string ShowOf(StatusRun run) => IsWord(run.RunId) ? $"show {run.RunId}" : "history";

    private static string HistoryOf(JobFacts facts) => IsWord(facts.Job) ? $"history {facts.Job}" : "history";

    /// <summary>Determines whether a text is one word to every shell. A store may hold any name.</summary>
    private static bool IsWord(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(static one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.');
}
