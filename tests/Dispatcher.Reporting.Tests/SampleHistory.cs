namespace Dispatcher.Reporting.Tests;

/// <summary>
/// Makes 10,000 runs of seven jobs over 90 days, as a function that is in use might: a job that went from once an hour to once a minute,
/// one that failed for a week, one that nobody triggered for nine days, one that only planned for its first fortnight.
/// </summary>
internal static class SampleHistory
{
    public const int Count = 10_000;
    public const int Days = 90;

    public static readonly DateTimeOffset Until = SampleRun.Now;

    private static readonly DateTimeOffset From = Until.AddDays(-Days);

    public static IReadOnlyList<RunRecord> Create()
    {
        var random = new Random(20261122);
        var runs = new List<RunRecord>();
        runs.AddRange(Every(TimeSpan.FromHours(1), From, Until.AddDays(-3)).Select(at => Refresh(at, random)));
        runs.AddRange(Every(TimeSpan.FromMinutes(1), Until.AddDays(-3), Until).Select(at => Refresh(at, random)));
        runs.AddRange(Every(TimeSpan.FromHours(1), From, Until).Select(at => Cleanup(at, random)));
        runs.AddRange(Every(TimeSpan.FromDays(1), From.Date, Until).Where(at => at > From).Select(at => Uptime(at, random)));
        runs.AddRange(Every(TimeSpan.FromHours(3), From, Until).Where(at => (Until - at).TotalDays is < 41 or > 50).Select(
            at => Enqueue(at, random)));
        runs.AddRange(Every(TimeSpan.FromDays(7), From, Until).Select(at => StartTask(at, random)));
        runs.AddRange(Every(TimeSpan.FromHours(12), From, Until).Select(at => Trigger(at, random)));
        runs.AddRange(Every(TimeSpan.FromDays(2.7), From, Until).Select(
            at => SampleRun.Create("channel-backfill-failed", startedAt: at, durationMs: random.Next(3, 30))));
        var missing = Count - runs.Count;
        runs.AddRange(Enumerable.Range(0, missing).Select(index => SampleRun.Create(
            "video-upload-cleanup", JobStatus.Skipped, From.AddHours(400 + (index * 3.1)), random.Next(
                2, 40), summary: "The same job is running.")));
        return [.. runs.OrderByDescending(run => run.StartedAt)];
    }

    private static IEnumerable<DateTimeOffset> Every(TimeSpan interval, DateTimeOffset from, DateTimeOffset until)
    {
        for (var at = from; at < until; at += interval)
        {
            yield return at;
        }
    }

    private static long LogNormal(Random random, double median, double spread) =>
        (long)(median * Math.Exp(spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));

    private static RunRecord Refresh(DateTimeOffset at, Random random)
    {
        var failed = random.NextDouble() < 0.0015;
        return SampleRun.Create(
            "refresh-materialized-view",
            failed ? JobStatus.Failed : random.NextDouble() < 0.01 ? JobStatus.Skipped : JobStatus.Succeeded,
            at,
            LogNormal(random, 580 + ((at - From).TotalDays * 2), 0.25),
            attempts: failed ? 3 : 1,
            summary: failed ? "The view public.job_progress could not be refreshed: 57014: canceling statement due to statement timeout. "
                + "Raise 'statementTimeoutSeconds', or look for a lock." : "Refreshed 1 view.");
    }

    private static RunRecord Cleanup(DateTimeOffset at, Random random)
    {
        var plansOnly = at < From.AddDays(14);
        var chance = random.NextDouble();
        var status =
            plansOnly ? JobStatus.Planned : chance < 0.02 ? JobStatus.Partial : chance < 0.05 ? JobStatus.Continued : JobStatus.Succeeded;
        var changes = random.Next(0, 140);
        return SampleRun.Create(
            "video-upload-cleanup",
            status,
            at,
            LogNormal(random, 9000, 0.5),
            plansOnly,
            LogNormal(random, 340e6, 0.8) * (at.Hour is > 1 and < 6 ? 4 : 1),
            plansOnly ? 0 : changes,
            status == JobStatus.Partial ? random.Next(1, 40) : 0,
            1024,
            $"Cleaned {changes} sessions.");
    }

    private static RunRecord Uptime(DateTimeOffset at, Random random)
    {
        var failed = (Until - at).TotalDays is > 20 and < 27;
        return SampleRun.Create(
            "daily-uptime",
            failed ? JobStatus.Failed : JobStatus.Succeeded,
            at.AddMinutes(5),
            failed ? random.Next(200, 900) : LogNormal(random, 12_700, 0.12),
            applied: failed ? 0 : 1000,
            attempts: failed ? 5 : 1,
            summary: failed ? "The database refused the connection: 28P01: password authentication failed for user \"maintenance\". "
                + "Check the secret that DATABASE_SECRET names." : "Added 1,000 rows.");
    }

    private static RunRecord Enqueue(DateTimeOffset at, Random random) =>
        SampleRun.Create("celery-enqueue", JobStatus.Succeeded, at.AddMinutes(2), LogNormal(
            random, 140, 0.3), applied: 1, memory: 512, summary: "Sent 1 task.");

    private static RunRecord StartTask(DateTimeOffset at, Random random) =>
        SampleRun.Create(
            "ecs-run-task",
            JobStatus.Succeeded,
            at.AddHours(2),
            LogNormal(random, 900, 0.2),
            applied: 1,
            memory: random.Next(3) == 0 ? null : 512,
            summary: "Started dn-claims-report.");

    private static RunRecord Trigger(DateTimeOffset at, Random random)
    {
        var failed = random.NextDouble() < 0.06;
        return SampleRun.Create(
            "http-trigger",
            failed ? JobStatus.Failed : JobStatus.Succeeded,
            at.AddMinutes(7),
            failed ? 300_000 : LogNormal(random, 41_000, 0.45),
            attempts: failed ? 2 : 1,
            applied: failed ? 0 : 1,
            summary: failed ? "POST https://app.example.com/api/internal/run-uptime/ answered 503 Service Unavailable: upstream connect "
                + "error. Try it again when the service is up." : "Answered 200.");
    }
}
