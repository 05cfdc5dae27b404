using System.Globalization;
using Dispatcher.Text;

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

    /// <summary>After so long, a job that nobody knows and that has no rhythm is not expected to run again.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromDays(7);

    /// <summary>Judges a job.</summary>
    /// <param name="facts">What is known about the job.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Its health.</returns>
    public static JobHealth Judge(JobFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var running = facts.Running.OrderBy(static run => run.Since).ToList();
        var delay = facts.Pause is null && !IsRestore(facts) ? Delay.Find(facts, now) : null;
        return Decide(facts, delay, running, now) with
        {
            LastRun = facts.Runs.Last,
            LastSuccess = facts.Runs.LastSuccess,
            Next = facts.Pause is null ? facts.Schedule?.Next ?? NextByInterval(facts, running, now) : null,
            IsNextApproximate = facts.Schedule?.Interval is not null,
            OverdueSince = delay?.Since,
            Running = running,
            Unfinished = facts.Unfinished,
            Pause = facts.Pause,
            Schedule = facts.Schedule?.Description,
        };
    }

    private static JobHealth Decide(JobFacts facts, Delay? delay, List<LeaseHolder> running, DateTimeOffset now)
    {
        var last = facts.Runs.Deciding;
        var unfinished = facts.Unfinished;
        if (IsRestore(facts) && running.Count == 0 && unfinished is null)
        {
            return last is not null && Trouble(last) is { } trouble
                ? Fine(facts, JobVerdict.Well, $"nothing repeats a restore; the last one {trouble}") with { NextCommand = ShowOf(last) }
                : Fine(facts, JobVerdict.Well, "nothing repeats a restore");
        }

        if (facts.Pause is { } pause)
        {
            return unfinished is not null
                ? Fine(facts, JobVerdict.Paused, $"{Describe(pause)}; {Describe(unfinished, now)}") with
                {
                    NextCommand = LookAt(unfinished),
                }
                : last is not null && Trouble(last) is { } trouble
                ? Fine(facts, JobVerdict.Paused, $"{Describe(pause)}; {Order(pause, last)}, the last run {trouble}") with
                {
                    NextCommand = ShowOf(last),
                }
                : Fine(facts, JobVerdict.Paused, Describe(pause));
        }

        if (unfinished is not null)
        {
            return delay is null
                ? Bad(facts, JobVerdict.Unfinished, Describe(unfinished, now), LookAt(unfinished))
                : Bad(facts, JobVerdict.Overdue, $"{delay.Reason}; {Describe(unfinished, now)}", LookAt(unfinished));
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
            return last is not null && Trouble(last) is { } trouble
                ? Bad(facts, JobVerdict.Overdue, $"{delay.Reason}; the last run {trouble}", ShowOf(last))
                : Bad(facts, JobVerdict.Overdue, delay.Reason, HistoryOf(facts));
        }

        return last switch
        {
            _ when IsRetired(facts, now) => Fine(facts, JobVerdict.Retired, "silent, and neither registered here nor in the template"),
            { Status: JobStatus.Failed } => Bad(facts, JobVerdict.Failing, InARow(facts, "failed", last.Summary), ShowOf(last)),
            { Status: JobStatus.Partial } =>
                Bad(facts, JobVerdict.Partial, ItemsInARow(facts, last), ShowOf(last)),
            _ when running is [var longest, ..] => JudgeRunning(facts, longest, now),
            _ => Fine(facts, JobVerdict.Well, facts.Runs switch
            {
                { OnlyPlans: true } => "only dry runs: nothing was changed",
                { LastCounted.Status: JobStatus.Continued } => "stopped at its deadline; a later run goes on",
                _ => facts.IsUnscheduled ? "neither registered here nor in the template, but it runs" : string.Empty,
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

    /// <summary>
    /// Determines whether the runs are restores: each is the answer to a person who has seen its outcome, and none is the next one of
    /// another.
    /// </summary>
    private static bool IsRestore(JobFacts facts) =>
        facts is { IsRegistered: false, Schedule: null } && facts.Runs.Last is { IsRestore: true };

    /// <summary>
    /// Determines whether nobody knows the job any more, and it is silent. While it runs, it is judged as every other: a newer function may
    /// have a job that this tool does not know.
    /// </summary>
    private static bool IsRetired(JobFacts facts, DateTimeOffset now)
    {
        if (facts is not { IsUnscheduled: true, IsRegistered: false, Running.Count: 0 } || facts.Runs.Last is not { } last)
        {
            return false;
        }

        var silence = now - last.StartedAt;
        return silence > RetiredAfter
            || (facts.Runs.Deciding is not { Status: JobStatus.Failed or JobStatus.Partial }
                && (silence > Silent || Delay.FindByRhythm(facts, now) is not null));
    }

    private static JobHealth Fine(JobFacts facts, JobVerdict verdict, string reason) => new(facts.Job, verdict, false, reason);

    private static JobHealth Bad(JobFacts facts, JobVerdict verdict, string reason, string command) =>
        new(facts.Job, verdict, true, reason) { NextCommand = command };

    private static string ItemsInARow(JobFacts facts, StatusRun run)
    {
        var error = run.FirstError ?? run.Summary;
        return run.ItemErrors == 0 ? InARow(facts, "some items failed", error)
            : facts.Runs.InARow == 1 ? $"{FailedItems(run)}: {error}"
            : InARow(facts, "items failed", $"{Quantity.Number(run.ItemErrors)} in the last run: {error}", ", ");
    }

    private static string InARow(JobFacts facts, string what, string error, string separator = ": ")
    {
        var atLeast = facts.Runs.IsInARowCut ? "at least " : string.Empty;
        return $"{what}{(facts.Runs.InARow is > 1 and var times ? $" {atLeast}{times} times in a row" : string.Empty)}{separator}{error}";
    }

    /// <summary>Tells what is wrong with a run, whatever else the verdict follows from.</summary>
    private static string? Trouble(StatusRun run) => run switch
    {
        { Status: JobStatus.Failed } => $"failed: {run.Summary}",
        { Status: JobStatus.Partial } => $"was partial: {FailedItems(run)}: {run.FirstError ?? run.Summary}",
        _ => null,
    };

    private static string FailedItems(StatusRun run) =>
        run.ItemErrors == 0 ? "some items failed" : $"{Quantity.Count(run.ItemErrors, "item")} failed";

    private static string Order(JobPause pause, StatusRun run) => run.StartedAt > pause.Since ? "since then" : "before that";

    private static string Describe(JobPause pause)
    {
        var since = pause.Since?.UtcDateTime.ToString("'since' yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var by = pause.By is null ? null : $"by {pause.By}";
        return since is null && by is null ? pause.Reason : $"{string.Join(' ', new[] { since, by }.OfType<string>())}: {pause.Reason}";
    }

    /// <summary>A process on another machine, or on a file system without locks, cannot be seen from here.</summary>
    private static string Describe(UnfinishedRun run, DateTimeOffset now) =>
        $"run {run.RunId} started {AgeText.For(now - run.StartedAt)} ago and has no end: its process was probably killed"
        + run.HasChanges switch { true => ", after its first change had begun", false => ", before its first change", _ => string.Empty };

    private static string LookAt(UnfinishedRun run) =>
        !IsWord(run.RunId) ? "history" : run.HasChanges != false ? $"audit {run.RunId}" : $"show {run.RunId}";

    private static string ShowOf(StatusRun run) => IsWord(run.RunId) ? $"show {run.RunId}" : "history";

    private static string HistoryOf(JobFacts facts) => IsWord(facts.Job) ? $"history {facts.Job}" : "history";

    /// <summary>Determines whether a text is one word to every shell. A store may hold any name.</summary>
    private static bool IsWord(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(static one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.');
}
