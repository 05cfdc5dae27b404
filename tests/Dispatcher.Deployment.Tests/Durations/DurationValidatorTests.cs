using System.Runtime.CompilerServices;
using Dispatcher.Deployment.Durations;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Hosting;
using Dispatcher.Testing;

namespace Dispatcher.Deployment.Tests.Durations;

/// <summary>Compares the durations of a made-up history with the times of a made-up template.</summary>
public sealed class DurationValidatorTests
{
    private const string Cleanup = "video-upload-cleanup";
    private const string Uptime = "daily-uptime";

    [TestCase("rate(5 minutes)")]
    [TestCase("cron(0,5 * * * ? *)")]
    public async Task Check_RunIsLongerThanItsInterval_Warns(string expression) => Assert.That(
        await CheckAsync(Rule("A", expression), Run(Cleanup, minutes: 6)),
        Has.Some.EqualTo(
            "Warning A: A run of video-upload-cleanup takes 6 min (the longest of 1 run in 30 days), longer than the 5 min until "
                + "the next one. "
            + "Start it less often, or give it less to do."));

    [Test]
    public async Task Check_RunIsShorterThanItsInterval_IsFine() =>
        Assert.That(await CheckAsync(Rule("A", "rate(5 minutes)"), Run(Cleanup, minutes: 4)), Is.Empty);

    [Test]
    public async Task Check_RunIsLongerThanTheTimeout_Warns() => Assert.That(
        await CheckAsync(Rule("A", "rate(1 day)"), Run(Cleanup, minutes: 6)),
        Has.Length.EqualTo(1).And.Some.Contains("longer than the Timeout of Dispatcher: 5 min"));

    [Test]
    public async Task Check_OneOfManyRunsWasLong_DoesNotCount()
    {
        var runs = Enumerable.Repeat(Run(Cleanup, minutes: 1), 99).Append(Run(Cleanup, minutes: 6));

        Assert.That(await CheckAsync(Rule("A", "rate(5 minutes)"), [.. runs]), Is.Empty);
    }

    [TestCase("skipped")]
    [TestCase("dryRun")]
    [TestCase("old")]
    public async Task Check_RunSaysNothing_DoesNotCount(string kind)
    {
        var run = Run(Cleanup, minutes: 6);
        run = kind switch
        {
            "skipped" => run with { Status = JobStatus.Skipped },
            "dryRun" => run with { DryRun = true },
            _ => run with { StartedAt = Inspect.Now.AddDays(-31) },
        };

        Assert.That(await CheckAsync(Rule("A", "rate(5 minutes)"), run), Is.Empty);
    }

    [Test]
    public async Task Check_HeavyJobsMeet_Warns() => Assert.That(
        await CheckAsync($"{Rule("A", "cron(0 3 * * ? *)")},{Rule("B", "cron(2 3 ? * MON *)", Uptime)}", Run(Cleanup, minutes: 3), Run(
            Uptime, minutes: 1)),
        Is.EqualTo(new[]
        {
            "Warning B: daily-uptime (1 min (the longest of 1 run in 30 days)) overlaps video-upload-cleanup (3 min (the longest "
                + "of 1 run in 30 days)) of A: "
            + "1 time in the next 7 days, first at 2026-11-23 03:02 UTC. Move one of them.",
        }));

    [TestCase("cron(3 3 * * ? *)", 1, Description = "It begins when the other has ended.")]
    [TestCase("cron(59 2 * * ? *)", 1, Description = "It ends when the other begins.")]
    [TestCase("cron(2 3 * * ? *)", 0, Description = "It is over at once.")]
    public async Task Check_JobsDoNotMeet_IsFine(string expression, int minutes) => Assert.That(
        await CheckAsync(
            $"{Rule("A", "cron(0 3 * * ? *)")},{Rule("B", expression, Uptime)}", Run(Cleanup, minutes: 3), Run(Uptime, minutes)), Is.Empty);

    [Test]
    public async Task Check_TimesOfARateAreUnknown_SaysThatTheyWereNotCompared()
    {
        var inspection = await InspectAsync(
            $"{Rule("A", "rate(1 hour)")},{Rule("B", "cron(2 3 * * ? *)", Uptime)}", Run(Cleanup, minutes: 3), Run(Uptime, minutes: 1));

        Assert.That(
            inspection.Findings.Select(finding => finding.Message),
            Has.Some.EqualTo(
                "Whether its runs of 3 min overlap those of B depends on when it is deployed. A cron expression fixes its times."));
    }

    private static string Rule(string name, string expression, string job = Cleanup) =>
        Inspect.RuleNamed(name, $"\"ScheduleExpression\":\"{expression}\"", $$"""
            "Input":"{\"job\":\"{{job}}\"}"
            """);

    private static async Task<string[]> CheckAsync(string resources, params RunRecord[] runs) =>
        Inspect.Problems(await InspectAsync(resources, runs));

    private static async Task<TemplateInspection> InspectAsync(string resources, params RunRecord[] runs)
    {
        var inspection = Inspect.Resources(resources);
        var durations = await JobDurations.ReadAsync(new FakeHistory(runs), Inspect.Now, CancellationToken.None);
        new DurationValidator(durations, Inspect.Now, inspection.Findings).Check(inspection.Jobs);
        return inspection;
    }

    private static RunRecord Run(string job, int minutes) =>
        RunRecordBuilder.Create(job, Inspect.Now.AddDays(-1)) with { DurationMs = minutes * 60_000 };

    private sealed class FakeHistory(IReadOnlyList<RunRecord> runs) : IRunHistory
    {
        public string Location => "test";

        public async IAsyncEnumerable<RunRecord> ListAsync(
            RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var run in runs.Where(run => run.StartedAt >= query.Since))
            {
                await Task.Yield();
                yield return run;
            }
        }

        public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default) => Task.FromResult<RunRecord?>(null);
    }
}
