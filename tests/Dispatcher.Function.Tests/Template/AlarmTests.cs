using System.Text.Json;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Holds the alarms to the metrics that the code emits.</summary>
public sealed class AlarmTests
{
    private const int SevenDays = 7 * 86_400;
    private const int OneDay = 86_400;

    // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    private static readonly (string Namespace, string Name, string Dimension)[] AwsMetrics =
    [
        ("AWS/Lambda", "Errors", "FunctionName"),
        ("AWS/Lambda", "Throttles", "FunctionName"),
        ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName"),
    ];

    /// <summary>The alarms of the template with every job enabled, one per line, with logical ids. Change it with the template.</summary>
    private static readonly string AlarmList = Path.Combine(AppContext.BaseDirectory, "Template", "alarms.txt");

    private Deployment _deployed = null!;
    private FunctionRuns _runs = null!;

    [OneTimeSetUp]
    public async Task RunAsync()
    {
        _deployed = await Deployment.OfAsync(Variants.Everything);
        _runs = await FunctionRuns.OfAsync(_deployed);
    }

    [Test]
    public void Alarms_Everything_AreTheListedOnes()
    {
        var names = new[] { "FailedRunsQueue", "UndeliveredEventsQueue", "FailedMessagesQueue" }
            .ToDictionary(queue => _deployed.QueueName(queue), queue => queue);
        names.Add(_deployed.Resources["DispatcherFunction"], "DispatcherFunction");

        var alarms = _deployed.Alarms
            .Select(alarm => names.Aggregate(
                alarm.ToString()!, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);

        Assert.That(string.Join('\n', alarms), Is.EqualTo(File.ReadAllText(AlarmList).ReplaceLineEndings("\n").TrimEnd()));
    }

    [Test]
    public void Metrics_OfOurs_AreEmitted() =>
        Assert.That(
            from alarm in _deployed.Alarms
            from metric in alarm.Metrics
            where metric.IsOurs && !_runs.All.Any(metric.IsFedBy)
            select alarm.ToString(),
            Is.Empty,
            () => $"Emitted:\n{string.Join('\n', _runs.All.Select(Describe).Distinct().Order())}");

    [Test]
    public void Metrics_OfAws_AreDocumented() =>
        Assert.That(
            from metric in _deployed.Alarms.SelectMany(alarm => alarm.Metrics)
            where !metric.IsOurs && !AwsMetrics.Contains((metric.Namespace, metric.Name, metric.Dimensions.Split('=')[0]))
            select metric.ToString(),
            Is.Empty);

    [Test]
    public void Metrics_Duration_IsEmittedInTheUnitOfTheThreshold() =>
        Assert.That(
            _runs.All.Where(metric => metric.Name == "Duration").Select(metric => metric.Unit),
            Is.Not.Empty.And.All.EqualTo("Milliseconds"));

    [Test]
    public void Expression_Errors_AddsWhatItWatches() =>
        Assert.That(
            _deployed.Alarms.Where(alarm => alarm.Expression is not null).Select(alarm => (alarm.Name, alarm.Expression)),
            Is.EqualTo(new[] { ("maintenance-refresh-materialized-view-errors", "failed + itemErrors") }));

    [Test]
    public void FailedAlarms_AFailedRun_GoOff()
    {
        var alarms = Alarms("-failed");

        using (Assert.EnterMultipleScope())
        {
            // What counts backfills that failed goes off whether its run succeeds or not.
            Assert.That(alarms.Where(alarm => !alarm.IsBreachedBy(_runs.Failed)), Is.Empty);
            Assert.That(
                alarms.Where(alarm => alarm.IsBreachedBy(_runs.Answered)).Select(alarm => alarm.Name),
                Is.EquivalentTo(new[]
                {
                    "maintenance-daily-uptime-failed",
                    "maintenance-refresh-materialized-view-failed",
                    "maintenance-channel-backfill-failed",
                }),
                "no database answers");
        }
    }

    [Test]
    public void NoSuccessAlarms_ASuccessfulRun_DoNotGoOff()
    {
        var alarms = Alarms("-no-success");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alarms.Where(alarm => !alarm.IsBreachedBy(_runs.Failed)), Is.Empty);
            Assert.That(
                alarms.Where(alarm => alarm.IsBreachedBy(_runs.Answered)).Select(alarm => alarm.Name),
                Is.EquivalentTo(new[] { "maintenance-daily-uptime-no-success", "maintenance-refresh-materialized-view-no-success" }),
                "no database answers");
        }
    }

    [Test]
    public void NoSuccessAlarms_AnotherTaskSucceeds_GoOffAllTheSame()
    {
        var alarm = Alarms("-claims-report-no-success").Single();
        EmittedMetric[] others = [.. _runs.Answered.Where(static metric => !metric.Dimensions.Contains("claims-report"))];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                others.Where(static metric => metric is { Name: "Succeeded", Value: 1, Dimensions: "Job=ecs-run-task" }), Is.Not.Empty);
            Assert.That(alarm.IsBreachedBy(others), Is.True);
            Assert.That(alarm.IsBreachedBy(_runs.Answered), Is.False);
        }
    }

    [Test]
    public void OverdueJobsAlarm_TheStoreAnswersOrNot_GoesOffIfItCannotBeRead()
    {
        var alarm = Alarms("-overdue-jobs").Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alarm.IsBreachedBy(_runs.Answered), Is.False);
            Assert.That(alarm.IsBreachedBy(_runs.Failed), Is.True);
            Assert.That(_runs.Failed.Where(static metric => metric.Name == "OverdueJobs"), Is.Empty);
        }
    }

    // With the database down and a run every minute, each repeated twice by Lambda, six runs fail in two minutes.
    [TestCase(5, false)]
    [TestCase(6, true)]
    public async Task RefreshErrorsAlarm_FailedRunsWithinItsPeriod_GoesOffAtTheSixth(int failures, bool expected)
    {
        var emitted = await FunctionRuns.RunAsync(
            _deployed, OutsideServices.Broken, Enumerable.Repeat(_deployed.FunctionInput("RefreshMaterializedViewRule"), failures));

        Assert.That(Alarms("-refresh-materialized-view-errors").Single().IsBreachedBy(emitted), Is.EqualTo(expected));
    }

    // A view that the server refuses to refresh is an item error, and fails a run that has no other view.
    [TestCase(2, false)]
    [TestCase(3, true)]
    public async Task RefreshErrorsAlarm_RunsWhoseOneViewFailed_CountTwice(int failures, bool expected)
    {
        var emitted = await FunctionRuns.RunAsync(
            _deployed, OutsideServices.Broken, Enumerable.Repeat(_deployed.FunctionInput("RefreshMaterializedViewRule"), failures));
        EmittedMetric[] withViews = [.. emitted.Select(metric => metric.Name == "ItemErrors" ? metric with { Value = 1 } : metric)];

        Assert.That(Alarms("-refresh-materialized-view-errors").Single().IsBreachedBy(withViews), Is.EqualTo(expected));
    }

    [Test]
    public void RefreshErrorsAlarm_NoRun_DoesNotGoOff() =>
        Assert.That(Alarms("-refresh-materialized-view-errors").Single().IsBreachedBy([]), Is.False);

    [TestCase(5, false)]
    [TestCase(6, true)]
    public async Task CleanupErrorsAlarm_BrokenSessions_GoesOffAtTheSixth(int sessions, bool expected)
    {
        var emitted = await FunctionRuns.RunAsync(
            _deployed, OutsideServices.AnsweringWithBrokenSessions(sessions), [_deployed.FunctionInput("VideoUploadCleanupRule")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(emitted.Single(metric => metric.Name == "CleanupErrors").Value, Is.EqualTo(sessions));
            Assert.That(Alarms("-video-upload-cleanup-errors").Single().IsBreachedBy(emitted), Is.EqualTo(expected));
        }
    }

    [TestCase(300, false)]
    [TestCase(301, true)]
    public async Task LongRunAlarms_RunsOfSoManySeconds_GoOffBeyondFiveMinutes(int seconds, bool expected)
    {
        var clock = new RunClock(TimeSpan.FromSeconds(seconds));

        var emitted = await FunctionRuns.RunAsync(
            _deployed, given => OutsideServices.Answering(given.AddSingleton<TimeProvider>(clock)), _deployed.FunctionInputs);

        Assert.That(Alarms("-long-run").Select(alarm => alarm.IsBreachedBy(emitted)), Is.Not.Empty.And.All.EqualTo(expected));
    }

    [Test]
    public void Alarms_ADryRun_IsSeenByNone() =>
        Assert.That(
            from metric in _runs.Planned
            from alarm in _deployed.Alarms
            where alarm.Metrics.Any(watched => watched.IsFedBy(metric))
            select (alarm.Name, metric),
            Is.Empty);

    [Test]
    public void Alarms_EachSchedule_HasItsThree()
    {
        var jobs = _deployed.Rules.Where(rule => rule.TryGetProperty("ScheduleExpression", out _))
            .Select(
                rule =>
                    JsonElement.Parse(RuleTarget.Deliver(rule.GetProperty("Targets")[0], RuleTarget.Sample(rule)))
                        .GetProperty("job").GetString()!)
            .Where(job => job != JobCatalog.WatchName);

        Assert.That(
            from job in jobs
            from metric in new[] { "Failed", "Duration", "Succeeded" }
            where !_deployed.Alarms.Any(
                alarm =>
                    alarm.Expression is null && alarm.Metrics.Single().Name == metric && IsOf(job, alarm.Metrics.Single().Dimensions))
            select $"{job} {metric}",
            Is.Empty);
    }

    [Test]
    public void Alarms_Each_TellsTheOneTopic()
    {
        string[] topic = [_deployed.Resources["AlarmTopic"]];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_deployed.Alarms.Select(alarm => alarm.AlarmActions), Is.All.EqualTo(topic));
            Assert.That(_deployed.Alarms.Select(alarm => alarm.OkActions), Has.All.Empty.Or.EqualTo(topic));
        }
    }

    // An event such as a failed run is not over because five minutes have passed.
    [Test]
    public void OkActions_OnlyAState_HasThem() =>
        Assert.That(
            _deployed.Alarms.Where(alarm => alarm.OkActions.Length > 0).Select(alarm => alarm.Metrics[0].Name).Distinct(),
            Is.EquivalentTo(new[] { "Succeeded", "OverdueJobs", "ApproximateNumberOfMessagesVisible" }));

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    [Test]
    public void EvaluationPeriods_AtMost_StayWithinWhatCloudWatchTakes()
    {
        var longest = new[] { "NoSuccessHours", "ClaimsReportNoSuccessHours" }
            .Select(name => ServerlessTemplate.Parameter(name).GetProperty("MaxValue").GetInt32());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(longest.Select(hours => hours * 3600), Is.All.AtMost(SevenDays));
            Assert.That(_deployed.Alarms.Select(alarm => alarm.EvaluationPeriods * alarm.Metrics[0].Period), Is.All.AtMost(SevenDays));
            Assert.That(
                _deployed.Alarms.Where(alarm => alarm.Metrics[0].Period < 3600)
                    .Select(alarm => alarm.EvaluationPeriods * alarm.Metrics[0].Period),
                Is.All.AtMost(OneDay));
        }
    }

    [Test]
    public async Task Alarms_WhilePlanning_ExpectNoSuccess()
    {
        var planning = await Deployment.OfAsync(Variants.Planning);

        Assert.That(
            _deployed.Alarms.Select(alarm => alarm.Name).Except(planning.Alarms.Select(alarm => alarm.Name)),
            Is.EquivalentTo(Alarms("-no-success").Concat(Alarms("-overdue-jobs")).Select(alarm => alarm.Name)));
    }

    [Test]
    public async Task Alarms_NotWanted_AreNotThere()
    {
        var unwatched = await Deployment.OfAsync(Variants.Unwatched);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unwatched.Alarms, Is.Empty);
            Assert.That(unwatched.Resources.Keys, Has.None.StartsWith("Alarm"));
        }
    }

    private static bool IsOf(string job, string dimensions) =>
        dimensions == $"Job={job}" || dimensions.StartsWith($"Job={job},", StringComparison.Ordinal);

    private static string Describe(EmittedMetric metric) => $"{metric.Namespace} {metric.Name}[{metric.Dimensions}]";

    private IReadOnlyList<Alarm> Alarms(string suffix) =>
        [.. _deployed.Alarms.Where(alarm => alarm.Name.EndsWith(suffix, StringComparison.Ordinal))];
}
