using Dispatcher.Testing;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Dispatcher.OpenTelemetry.Tests;

/// <summary>Runs a job and reads the figures of its record from the in-memory exporter.</summary>
public sealed class MetricsTests
{
    private const string Tags = "job.dry_run=False job.name=upload job.status=partial";

    [Test]
    public async Task Run_Ends_FiguresOfItsRecordAreRecorded()
    {
        var figures = await FiguresOfAsync("""{"job":"upload"}""");

        Assert.That(figures, Is.EquivalentTo(new[]
        {
            $"dispatcher.runs {{run}} 1 {Tags}",
            $"dispatcher.run.duration s count 1 {Tags}",
            $"dispatcher.run.attempts {{attempt}} 2 {Tags}",
            $"dispatcher.changes {{change}} 1 change.outcome=applied {Tags}",
            $"dispatcher.changes {{change}} 1 change.outcome=failed {Tags}",
            $"dispatcher.item_errors {{error}} 1 {Tags}",
            $"dispatcher.storage.freed By 4711 {Tags}",
        }));
    }

    [Test]
    public async Task Run_DryRun_CountsPlannedChanges()
    {
        var figures = await FiguresOfAsync("""{"job":"upload","dryRun":true}""");

        Assert.That(
            figures.Where(figure => figure.StartsWith("dispatcher.changes", StringComparison.Ordinal)),
            Is.EqualTo(
                new[] { "dispatcher.changes {change} 2 change.outcome=planned job.dry_run=True job.name=upload job.status=planned" }));
    }

    private static async Task<IReadOnlyList<string>> FiguresOfAsync(string payload)
    {
        var metrics = new List<MetricSnapshot>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddDispatcherInstrumentation().AddInMemoryExporter(metrics).Build();
        await using var harness = new JobHarness(UploadServices.Add, UploadServices.Settings);
        await harness.RunAsync(payload);
        provider.ForceFlush();
        return [.. metrics.SelectMany(metric => metric.MetricPoints.Select(point => Describe(metric, point)))];
    }

    private static string Describe(MetricSnapshot metric, MetricPoint point)
    {
        var tags = new List<string>();
        foreach (var tag in point.Tags)
        {
            tags.Add($"{tag.Key}={tag.Value}");
        }

        var value = metric.MetricType == MetricType.Histogram ? $"count {point.GetHistogramCount()}" : $"{point.GetSumLong()}";
        return $"{metric.Name} {metric.Unit} {value} {string.Join(' ', tags.Order(StringComparer.Ordinal))}";
    }
}
