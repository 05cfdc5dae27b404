using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.CloudWatch;

[Category("Integration")]
public sealed class AmazonCloudWatchMotoTests
{
    [TestCase(1)]
    [TestCase(900)]
    public async Task PutMetricDataAsync_Moto_TakesEveryMetric(int count)
    {
        await using var moto = await MotoServer.StartAsync();
        using var client = new AmazonCloudWatchClient("key", "secret", new AmazonCloudWatchConfig
        {
            ServiceURL = moto.Url,
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

        Assert.That(await StatisticAsync(moto, $"m{count - 1}"), Does.Contain("<Sum>3.0</Sum>"));
    }

    // The stand-in does not read: the other protocol of the service does, by hand.
    private static async Task<string> StatisticAsync(MotoServer moto, string metric)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(moto.Url));
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
