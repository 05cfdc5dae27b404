using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.StandIns.Tests.CloudWatch;

[Category("Integration")]
public sealed class AmazonCloudWatchMotoTests
{
    private TemporaryServer<MotoServer> _moto = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _moto = await MotoInstallation.OnPath.StartTemporaryAsync(CancellationToken.None);

    [OneTimeTearDown]
    public void Stop() => _moto?.Dispose();

    [TestCase(1)]
    [TestCase(900)]
    public async Task PutMetricDataAsync_Moto_TakesEveryMetric(int count)
    {
        using var client = new AmazonCloudWatchClient("key", "secret", new AmazonCloudWatchConfig
        {
            ServiceURL = _moto.Server.Url,
            AuthenticationRegion = "us-east-1",

            // moto 5.2.1 unpacks a compressed body twice, and so fails for every SDK.
            DisableRequestCompression = true,
        });

        await client.PutMetricDataAsync(new PutMetricDataRequest
        {
            Namespace = "Maintenance",
            MetricData =
            [
                .. Enumerable.Range(0, count).Select(number => new MetricDatum
                {
                    MetricName = $"m{number}",
                    Value = 3,
                    Unit = StandardUnit.Count,
                    Timestamp = DateTime.UtcNow,
                    Dimensions = [new Dimension { Name = "Job", Value = "uptime" }],
                }),
            ],
        });

        Assert.That(await StatisticAsync($"m{count - 1}"), Does.Contain("<Sum>3.0</Sum>"));
    }

    // The stand-in does not read: the other protocol of the service does, by hand.
    private async Task<string> StatisticAsync(string metric)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _moto.Server.Endpoint);
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "GetMetricStatistics",
            ["Version"] = "2010-08-01",
            ["Namespace"] = "Maintenance",
            ["MetricName"] = metric,
            ["StartTime"] = DateTime.UtcNow.AddHours(-1).ToString("O"),
            ["EndTime"] = DateTime.UtcNow.AddHours(1).ToString("O"),
            ["Period"] = "86400",
            ["Statistics.member.1"] = "Sum",
        });
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
