using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda.Tests;

public sealed class EmfMetricsSinkTests
{
    private static readonly DateTimeOffset Timestamp = new(2026, 11, 22, 3, 0, 0, 250, TimeSpan.Zero);

    private CapturedOutput _captured = null!;
    private RecordingLoggerProvider _logs = null!;
    private LoggerFactory _loggers = null!;

    [SetUp]
    public void SetUp()
    {
        _captured = new CapturedOutput();
        _logs = new RecordingLoggerProvider();
        _loggers = new LoggerFactory([_logs]);
    }

    [TearDown]
    public void TearDown()
    {
        _loggers.Dispose();
        _logs.Dispose();
        _captured.Dispose();
    }

    [Test]
    public async Task EmitAsync_Batch_WritesTheDocumentOfTheSpecification()
    {
        await EmitAsync(Batch(
            [new MetricValue("Duration", MetricUnit.Milliseconds, 1234), new MetricValue("Succeeded", MetricUnit.Count, 1)],
            new MetricDimension("Job", "daily-uptime"), new MetricDimension("DryRun", "true")));

        Assert.That(_captured.Text, Is.EqualTo(
            """{"_aws":{"Timestamp":1795316400250,"CloudWatchMetrics":[{"Namespace":"Maintenance","Dimensions":[["Job","DryRun"]]"""
            + ""","Metrics":[{"Name":"Duration","Unit":"Milliseconds"},{"Name":"Succeeded","Unit":"Count"}]}]}"""
            + ""","job":"daily-uptime","runId":"run-1","Job":"daily-uptime","DryRun":"true","Duration":1234,"Succeeded":1}""" + "\n"));
    }

    [Test]
    public async Task EmitAsync_NoDimensions_WritesOneEmptySet()
    {
        await EmitAsync(Batch([new MetricValue("CleanupErrors", MetricUnit.Count, 0)]));

        Assert.That(Directive(_captured.Json[0]).GetProperty("Dimensions").GetRawText(), Is.EqualTo("[[]]"));
    }

    [Test]
    public async Task EmitAsync_250Metrics_SplitsIntoDirectivesOfAtMost100()
    {
        await EmitAsync(Batch([.. Enumerable.Range(0, 250).Select(index => new MetricValue($"Metric{index}", MetricUnit.Count, index))]));

        var names = _captured.Json.Select(NamesIn).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names.Select(line => line.Count), Is.EqualTo(new[] { 100, 100, 50 }));
            Assert.That(names.SelectMany(line => line), Is.EqualTo(Enumerable.Range(0, 250).Select(index => $"Metric{index}")));
            Assert.That(_captured.Json[2].GetProperty("Metric249").GetDouble(), Is.EqualTo(249));
            Assert.That(_captured.Json[2].TryGetProperty("Metric0", out _), Is.False);
        }
    }

    [Test]
    public async Task EmitAsync_LongNames_SplitsUntilEachLineIsBelowTheLimit()
    {
        var names = Enumerable.Range(0, 100).Select(index => $"{index:000}{new string('é', 1_000)}").ToList();

        await EmitAsync(Batch([.. names.Select(name => new MetricValue(name, MetricUnit.Bytes, 1))]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_captured.Lines.Select(Encoding.UTF8.GetByteCount), Has.All.LessThan(256 * 1024));
            Assert.That(_captured.Json.SelectMany(NamesIn), Is.EqualTo(names));
        }
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public async Task EmitAsync_ValueNotFinite_LeavesItOutAndSaysSo(double value)
    {
        await EmitAsync(Batch([new MetricValue("Ratio", MetricUnit.Percent, value), new MetricValue("Count", MetricUnit.Count, 7)]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(NamesIn(_captured.Json[0]), Is.EqualTo(new[] { "Count" }));
            Assert.That(_captured.Json[0].TryGetProperty("Ratio", out _), Is.False);
            Assert.That(_logs.Lines, Has.One.Contains("Metric Maintenance Ratio is"));
        }
    }

    [Test]
    public async Task EmitAsync_NoValues_WritesNothing()
    {
        await EmitAsync(Batch([]));

        Assert.That(_captured.Text, Is.Empty);
    }

    [Test]
    public async Task EmitAsync_MetricNamedLikeAProperty_WritesTheNameOnce()
    {
        await EmitAsync(Batch([new MetricValue("runId", MetricUnit.Count, 5)]));

        Assert.That(
            _captured.Json[0].EnumerateObject().Where(member => member.Name == "runId").Select(member => member.Value.GetRawText()),
            Is.EqualTo(new[] { "5" }));
    }

    [TestCase("Job")]
    [TestCase("Twice")]
    [TestCase("_aws")]
    public void EmitAsync_NameUsedTwice_Throws(string name)
    {
        var batch = Batch(
            [new MetricValue("Twice", MetricUnit.Count, 1), new MetricValue(name, MetricUnit.Count, 1)], new MetricDimension(
                "Job", "daily-uptime"));

        Assert.That(() => EmitAsync(batch), Throws.ArgumentException.With.Message.Contains($"'{name}' names two"));
    }

    [Test]
    public void EmitAsync_31Dimensions_Throws()
    {
        var batch = Batch(
            [new MetricValue("Count", MetricUnit.Count, 1)],
            [.. Enumerable.Range(0, 31).Select(index => new MetricDimension($"D{index}", "x"))]);

        Assert.That(() => EmitAsync(batch), Throws.ArgumentException.With.Message.Contains("at most 30"));
    }

    private static MetricBatch Batch(MetricValue[] values, params MetricDimension[] dimensions) =>
        new("Maintenance", dimensions, Timestamp, values, "daily-uptime", "run-1");

    private static JsonElement Directive(JsonElement line) => line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];

    private static List<string?> NamesIn(JsonElement line) =>
        [.. Directive(line).GetProperty("Metrics").EnumerateArray().Select(metric => metric.GetProperty("Name").GetString())];

    private Task EmitAsync(MetricBatch batch) =>
        new EmfMetricsSink(_captured.Output, _loggers.CreateLogger<EmfMetricsSink>()).EmitAsync(batch, CancellationToken.None);
}
