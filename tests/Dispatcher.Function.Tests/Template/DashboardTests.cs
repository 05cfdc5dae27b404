using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Holds the dashboard to the metrics that the code emits.</summary>
public sealed partial class DashboardTests
{
    private static readonly string[] AwsMetrics =
    [
        "AWS/Lambda Invocations FunctionName", "AWS/Lambda Errors FunctionName", "AWS/Lambda Throttles FunctionName",
        "AWS/SQS ApproximateNumberOfMessagesVisible QueueName",
    ];

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
    private static readonly string[] Statistics = ["Sum", "Maximum", "SampleCount"];

    private Deployment _deployed = null!;
    private JsonElement[] _widgets = null!;
    private FunctionRuns _runs = null!;

    [OneTimeSetUp]
    public async Task RunAsync()
    {
        _deployed = await Deployment.OfAsync(Variants.Everything);
        _widgets = Widgets(_deployed);
        _runs = await FunctionRuns.OfAsync(_deployed);
    }

    [Test]
    public void Dashboard_Widgets_AreThese() =>
        Assert.That(_widgets.Select(widget => widget.GetProperty("properties").GetProperty("title").GetString()), Is.EqualTo(new[]
        {
            "Runs by status", "Longest run", "Changes applied", "Bytes freed", "Item errors", "Dry runs", "Function", "Dead letters",
        }));

    [Test]
    public void Dashboard_RunsByStatus_HasEveryStatusThatIsEmitted() =>
        Assert.That(
            Searches(_widgets[0]).Select(search => search.Groups["metric"].Value),
            Is.EquivalentTo(Enum.GetNames<JobStatus>().Intersect(_runs.All.Select(metric => metric.Name))));

    [Test]
    public void Searches_Each_FindAMetricOfEveryJob()
    {
        // The metrics of a task are those of its job a second time.
        var jobs = _runs.Failed.Where(metric => metric.Name == "Failed").Select(metric => metric.Dimensions).Distinct()
            .Where(dimensions => !dimensions.Contains(",Task=", StringComparison.Ordinal)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(jobs, Has.Count.EqualTo(7), "every job has run");
            Assert.That(
                from search in _widgets.SelectMany(Searches)
                where !search.Groups["dimensions"].Value.Contains("DryRun", StringComparison.Ordinal)
                from job in jobs
                where !Found(search).Any(metric => metric.Dimensions == job)
                select $"{search.Value} for {job}",
                Is.Empty);
            Assert.That(_widgets.SelectMany(Searches).Where(search => !Found(search).Any()).Select(search => search.Value), Is.Empty);
        }
    }

    [Test]
    public void Searches_OfRuns_LeaveDryRunsOut() =>
        Assert.That(
            from search in _widgets.SelectMany(Searches)
            let isAboutDryRuns = search.Groups["dimensions"].Value.Contains("DryRun", StringComparison.Ordinal)
            where Found(search).Any(metric => metric.Dimensions.Contains("DryRun", StringComparison.Ordinal) != isAboutDryRuns)
            select search.Value,
            Is.Empty);

    [Test]
    public void Searches_Each_AskForAStatistic() =>
        Assert.That(_widgets.SelectMany(Searches).Select(search => search.Groups["statistic"].Value), Is.All.AnyOf(Statistics));

    [Test]
    public void Metrics_OfAws_AreDocumentedAndOfThisStack()
    {
        string[] names =
        [
            _deployed.Resources["DispatcherFunction"],
            .. new[] { "FailedRunsQueue", "UndeliveredEventsQueue", "FailedMessagesQueue" }.Select(_deployed.QueueName),
        ];
        var metrics = _widgets.SelectMany(Rows).Where(row => row[0].ValueKind == JsonValueKind.String).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(metrics.Select(row => $"{row[0]} {row[1]} {row[2]}").Distinct(), Is.EquivalentTo(AwsMetrics));
            Assert.That(metrics.Select(row => row[3].GetString()).Distinct(), Is.EquivalentTo(names));
        }
    }

    [Test]
    public void Rows_Each_AreASearchOrAMetric() =>
        Assert.That(_widgets.SelectMany(Rows).Count(), Is.EqualTo(
            _widgets.SelectMany(Searches).Count() + _widgets.SelectMany(Rows).Count(row => row[0].ValueKind == JsonValueKind.String)));

    [Test]
    public void Ids_WithinAWidget_AreThoseOfCloudWatchAndDiffer() =>
        Assert.That(
            _widgets.Select(
                widget =>
                    Rows(widget).Where(row => row[0].ValueKind == JsonValueKind.Object).Select(row => row[0].GetProperty("id").GetString()!)
                        .ToList()),
            Is.All.Unique.And.All.All.Match("^[a-z][A-Za-z0-9_]*$"));

    [Test]
    public async Task Dashboard_WithoutAJobQueue_IsStillWhole()
    {
        var nothing = await Deployment.OfAsync(Variants.EachAlone[0]);

        Assert.That(Rows(Widgets(nothing)[^1]).Count(), Is.EqualTo(2));
    }

    [Test]
    public void Dashboard_Name_DiffersBetweenRegions() =>
        Assert.That(
            _deployed["dashboards"].EnumerateObject().Select(dashboard => dashboard.Name),
            Is.EqualTo(new[] { "maintenance-eu-central-1" }));

    [Test]
    public async Task Dashboard_NotWanted_IsNotThere() =>
        Assert.That((await Deployment.OfAsync(Variants.Unwatched))["dashboards"].EnumerateObject(), Is.Empty);

    private static JsonElement[] Widgets(Deployment deployed) =>
        [.. deployed["dashboards"].EnumerateObject().Single().Value.GetProperty("widgets").EnumerateArray()];

    private static IEnumerable<JsonElement> Rows(JsonElement widget) =>
        widget.GetProperty("properties").GetProperty("metrics").EnumerateArray();

    private static IEnumerable<Match> Searches(JsonElement widget) =>
        from row in Rows(widget)
        where row[0].ValueKind == JsonValueKind.Object
        select Search().Match(row[0].GetProperty("expression").GetString()!) is { Success: true } search
            ? search
            : throw new AssertionException($"'{row}' is not a search that this test can read.");

    /// <summary>Finds what CloudWatch would: the metrics with exactly these dimensions, whatever their values.</summary>
    private IEnumerable<EmittedMetric> Found(Match search) =>
        from metric in _runs.All
        where metric.Namespace == search.Groups["namespace"].Value
        where metric.Name == search.Groups["metric"].Value
        where metric.Dimensions.Split(',')
            .Select(dimension => dimension.Split('=')[0]).Order().SequenceEqual(search.Groups["dimensions"].Value.Split(',').Order())
        select metric;

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
    [GeneratedRegex(
        """^SEARCH\('\{(?<namespace>[A-Za-z0-9/]+),(?<dimensions>[A-Za-z,]+)\} """
        + """MetricName="(?<metric>[A-Za-z]+)"', '(?<statistic>[A-Za-z]+)', 3600\)$""")]
    private static partial Regex Search();
}
