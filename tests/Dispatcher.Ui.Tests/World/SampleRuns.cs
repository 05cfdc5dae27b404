using Dispatcher.Testing;

namespace Dispatcher.Ui.Tests.World;

/// <summary>Runs of a function that is in use: well, failing, partial, overdue, and one job that only planned.</summary>
internal static class SampleRuns
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);

    public static readonly string[] Jobs =
        ["celery-enqueue", "daily-uptime", "ecs-run-task", "http-trigger", "refresh-materialized-view", "video-upload-cleanup"];

    public static IReadOnlyList<RunRecord> Create()
    {
        var random = new Random(20261122);
        var runs = new List<RunRecord>();
        for (var day = 20; day >= 0; day--)
        {
            var midnight = Now.Date.AddDays(-day);
            if (day < 3)
            {
                runs.Add(Failed("daily-uptime", At(midnight, 0, 5), "The database refused the connection: 28P01: password authentication "
                    + "failed for user \"maintenance\". Check the secret that DATABASE_SECRET names."));
            }
            else
            {
                runs.Add(Create("daily-uptime", At(midnight, 0, 5), 12_700 + random.Next(900), "Added 1,000 rows.", 1000));
            }

            if (day > 8)
            {
                runs.Add(Create("http-trigger", At(midnight, 4, 0), 4_100 + random.Next(900), "Answered 200.", 1));
            }

            var status = day is 5 or 11 ? JobStatus.Partial : day is 8 ? JobStatus.Continued : JobStatus.Succeeded;
            runs.Add(Create("video-upload-cleanup", At(midnight, 3, 0), 9_000 + random.Next(4000), status == JobStatus.Partial
                ? "Cleaned 88 sessions; 3 items failed." : $"Cleaned {random.Next(60, 140)} sessions.", random.Next(60, 400), status) with
            {
                ItemErrorCount = status == JobStatus.Partial ? 3 : 0,
            });
        }

        for (var hour = 30; hour >= 0; hour--)
        {
            var at = Now.AddHours(-hour);
            runs.Add(Create("refresh-materialized-view", At(at.Date, at.Hour, 0), 580 + random.Next(200), "Refreshed 1 view.", 1));
        }

        runs.Add(Create("ecs-run-task", Now.AddDays(-2).AddHours(-4), 900, "Started dn-claims-report.", 1));
        runs.Add(Create("ecs-run-task", Now.AddDays(-2), 1_400, "2 tasks would be started.", 2, JobStatus.Planned));
        runs.Add(Create(
            "celery-enqueue", Now.AddMinutes(-28), 140, "Sent 40 tasks; 2 were refused by the queue.", 40, JobStatus.Partial) with
        {
            ItemErrorCount = 2,
            Errors = [new ItemError("task reindex-7", "The queue refused the message: InvalidMessageContents"), new ItemError(
                "task reindex-9", "The queue refused the message: InvalidMessageContents")],
        });
        return runs;
    }

    public static RunRecord Create(
        string job, DateTimeOffset at, long durationMs, string summary, int changes = 0, JobStatus status = JobStatus.Succeeded) =>
        RunRecordBuilder.Create(job, at, status) with
        {
            Summary = summary,
            DurationMs = durationMs,
            MemoryMegabytes = 512,
            Changes = new ChangesSummary(
                changes,
                status == JobStatus.Planned ? 0 : changes,
                0,
                changes * 1_500_000L,
                [.. Enumerable.Range(1, Math.Min(changes, 100)).Select(number => new ChangeItem(
                    number % 3 == 0 ? "dynamodb:DeleteItem" : "s3:DeleteObject",
                    $"s3://acme-media/uploads/2026-11-{number % 28 + 1:00}/{number:0000}.mp4",
                    "session expired 2 days ago"))],
                ItemsTruncated: changes > 100)
            {
                ByAction = changes == 0 ? new Dictionary<string, long>() : new Dictionary<string, long>
                {
                    ["s3:DeleteObject"] = changes - (changes / 3), ["dynamodb:DeleteItem"] = changes / 3,
                },
            },
        };

    public static RunRecord Failed(string job, DateTimeOffset at, string error) =>
        Create(job, at, 640, error, 0, JobStatus.Failed) with { Attempts = 5 };

    private static DateTimeOffset At(DateTime day, int hour, int minute) =>
        new(day.Year, day.Month, day.Day, hour, minute, 0, TimeSpan.Zero);
}
