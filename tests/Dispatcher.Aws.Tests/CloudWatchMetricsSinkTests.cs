using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Dispatcher.Aws.Metrics;
using Dispatcher.Hosting;
using Moq;

namespace Dispatcher.Aws.Tests;

public sealed class CloudWatchMetricsSinkTests
{
    private readonly List<PutMetricDataRequest> _requests = [];

    [Test]
    public async Task EmitAsync_MoreThanOneRequestHolds_SplitsThem()
    {
        await EmitAsync([.. Enumerable.Range(0, 1001).Select(static index => new MetricValue($"m{index}", MetricUnit.Count, index))]);

        Assert.That(_requests.Select(static request => request.MetricData.Count), Is.EqualTo(new[] { 1000, 1 }));
    }

    [Test]
    public async Task EmitAsync_NotANumber_IsLeftOut()
    {
        await EmitAsync([new("bad", MetricUnit.Count, double.NaN), new("worse", MetricUnit.Count, double.PositiveInfinity), new("good", MetricUnit.Milliseconds, 5)]);

        Assert.That(_requests.Single().MetricData.Single().MetricName, Is.EqualTo("good"));
        Assert.That(_requests.Single().MetricData.Single().Unit, Is.EqualTo(StandardUnit.Milliseconds));
    }

    [Test]
    public async Task EmitAsync_TimeWithOffset_IsSentInUtc()
    {
        await EmitAsync([new("good", MetricUnit.Count, 5)]);

        Assert.That(_requests.Single().MetricData.Single().Timestamp, Is.EqualTo(new DateTime(2026, 11, 22, 1, 0, 0, DateTimeKind.Utc)));
    }

    [TestCaseSource(nameof(Units))]
    public async Task EmitAsync_EveryUnit_IsOneOfCloudWatchs(MetricUnit unit)
    {
        await EmitAsync([new("m", unit, 1)]);

        Assert.That(_requests.Single().MetricData.Single().Unit.Value, Is.EqualTo(unit.ToString()));
    }

    private static MetricUnit[] Units() => Enum.GetValues<MetricUnit>();

    private Task EmitAsync(MetricValue[] values)
    {
        var cloudWatch = new Mock<IAmazonCloudWatch>();
        cloudWatch.Setup(client => client.PutMetricDataAsync(Capture.In(_requests), It.IsAny<CancellationToken>())).ReturnsAsync(new PutMetricDataResponse());
        var batch = new MetricBatch(
            "Maintenance", [new("Job", "x")], new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.FromHours(2)), values, "x", "run");
        return new CloudWatchMetricsSink(new Lazy<IAmazonCloudWatch>(cloudWatch.Object)).EmitAsync(batch, CancellationToken.None);
    }

    [SetUp]
    public void Forget() => _requests.Clear();
}
