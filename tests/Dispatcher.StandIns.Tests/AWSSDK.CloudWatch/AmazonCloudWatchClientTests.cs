using System.IO.Compression;
using System.Text.Json;
using Amazon;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.CloudWatch;

[TestFixture, NonParallelizable]
public sealed class AmazonCloudWatchClientTests
{
    private static readonly CannedResponse Ok = new(200, "{}", ("x-amzn-RequestId", "the-request"));

    [Test]
    public async Task PutMetricDataAsync_Datum_WritesTheMembersThatAreSet()
    {
        await using var server = LoopbackServer.Giving(Ok);
        using var client = Client(server);

        var response = await client.PutMetricDataAsync(new PutMetricDataRequest
        {
            Namespace = "Maintenance",
            MetricData =
            [
                new MetricDatum
                {
                    MetricName = "Deleted",
                    Value = 2.5,
                    Unit = StandardUnit.BytesSecond,
                    Timestamp = new DateTime(2026, 11, 1, 0, 0, 0, 500, DateTimeKind.Utc),
                    Dimensions = [new Dimension { Name = "Job", Value = "uptime" }],
                },
            ],
        });
        var request = await server.TakeAsync();

        Assert.That(request.Headers["X-Amz-Target"], Is.EqualTo("GraniteServiceVersion20100801.PutMetricData"));
        Assert.That(request.Text, Is.EqualTo(
            """{"MetricData":[{"Dimensions":[{"Name":"Job","Value":"uptime"}],"MetricName":"Deleted","Timestamp":1793491200.5,"Unit":"Bytes/Second","Value":2.5}],"Namespace":"Maintenance"}"""));
        Assert.That(response.ResponseMetadata.RequestId, Is.EqualTo("the-request"));
    }

    [Test]
    public async Task PutMetricDataAsync_AnyRequest_IsSigned()
    {
        await using var server = LoopbackServer.Giving(Ok);
        using var client = Client(server);

        await client.PutMetricDataAsync(Request());
        var request = await server.TakeAsync();

        Assert.That(request.Headers["Authorization"], Does.Match(
            @"^AWS4-HMAC-SHA256 Credential=key/\d{8}/eu-central-1/monitoring/aws4_request,"
            + @" ?SignedHeaders=.*host.*, ?Signature=[0-9a-f]{64}$"));
    }

    [Test]
    public async Task PutMetricDataAsync_LargeBody_IsCompressed()
    {
        await using var server = LoopbackServer.Giving(Ok);
        using var client = Client(server);

        await client.PutMetricDataAsync(Request(1000));
        var request = await server.TakeAsync();
        using var body = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress);
        using var document = await JsonDocument.ParseAsync(body);

        Assert.That(request.Headers["Content-Encoding"], Is.EqualTo("gzip"));
        Assert.That(document.RootElement.GetProperty("MetricData").GetArrayLength(), Is.EqualTo(1000));
    }

    [Test]
    public async Task PutMetricDataAsync_ServiceRefuses_ThrowsItsException()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(
            400,
            """{"__type":"com.amazonaws.cloudwatch#InvalidParameterValueException","message":"bad unit"}""",
            ("x-amzn-query-error", "InvalidParameterValue;Sender"),
            ("x-amzn-RequestId", "refused")));
        using var client = Client(server);

        Assert.That(
            async () => await client.PutMetricDataAsync(Request()),
            Throws.TypeOf<InvalidParameterValueException>()
                .With.Message.EqualTo("bad unit")
                .And.Property("ErrorCode").EqualTo("InvalidParameterValue")
                .And.Property("ErrorType").EqualTo(ErrorType.Sender)
                .And.Property("StatusCode").EqualTo(System.Net.HttpStatusCode.BadRequest)
                .And.Property("RequestId").EqualTo("refused"));
    }

    [Test]
    public async Task PutMetricDataAsync_UnknownError_ThrowsTheServiceException()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(403, """{"__type":"AccessDenied","message":"no"}"""));
        using var client = Client(server);

        Assert.That(
            async () => await client.PutMetricDataAsync(Request()),
            Throws.TypeOf<AmazonCloudWatchException>().With.Property("ErrorCode").EqualTo("AccessDenied"));
    }

    [Test]
    public async Task PutMetricDataAsync_ServiceUnavailable_TriesAgain()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(503, "{}"), Ok);
        using var client = Client(server, new AmazonCloudWatchConfig { MaxErrorRetry = 1 });

        await client.PutMetricDataAsync(Request());

        Assert.That(server.Untaken, Is.EqualTo(2));
    }

    [Test]
    public async Task PutMetricDataAsync_Subscriber_SeesTheRequestBeforeItIsSent()
    {
        await using var server = LoopbackServer.Giving(Ok);
        using var client = Client(server);
        client.BeforeRequestEvent += (_, arguments) =>
        {
            Assert.That(((WebServiceRequestEventArgs)arguments).Request, Is.TypeOf<PutMetricDataRequest>());
            throw new NotSupportedException("refused");
        };

        Assert.That(async () => await client.PutMetricDataAsync(Request()), Throws.TypeOf<NotSupportedException>());
        Assert.That(server.Untaken, Is.Zero);
    }

    [TestCase("AWS_ENDPOINT_URL")]
    [TestCase("AWS_ENDPOINT_URL_CLOUDWATCH")]
    public async Task PutMetricDataAsync_EndpointVariable_NamesTheServer(string variable)
    {
        await using var server = LoopbackServer.Giving(Ok);
        using var variables = new EnvironmentVariables
        {
            [variable] = server.Url,
            ["AWS_REGION"] = "eu-west-1",
            ["AWS_ACCESS_KEY_ID"] = "env-key",
            ["AWS_SECRET_ACCESS_KEY"] = "env-secret",
        };
        using var client = new AmazonCloudWatchClient();

        await client.PutMetricDataAsync(Request());
        var request = await server.TakeAsync();

        Assert.That(request.Headers["Authorization"], Does.Contain("Credential=env-key/").And.Contain("/eu-west-1/monitoring/"));
    }

    [TestCase("eu-central-1", false, "https://monitoring.eu-central-1.amazonaws.com")]
    [TestCase("cn-north-1", false, "https://monitoring.cn-north-1.amazonaws.com.cn")]
    [TestCase("us-east-1", true, "https://monitoring-fips.us-east-1.amazonaws.com")]
    public void DetermineServiceOperationEndpoint_Region_NamesItsEndpoint(string region, bool fips, string expected)
    {
        using var client = new AmazonCloudWatchClient(
            "key",
            "secret",
            new AmazonCloudWatchConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips });

        Assert.That(client.DetermineServiceOperationEndpoint(Request()).URL.TrimEnd('/'), Is.EqualTo(expected));
    }

    private static PutMetricDataRequest Request(int count = 1) => new()
    {
        Namespace = "Maintenance",
        MetricData = [.. Enumerable.Range(0, count).Select(number => new MetricDatum { MetricName = $"m{number}", Value = number })],
    };

    private static AmazonCloudWatchClient Client(LoopbackServer server, AmazonCloudWatchConfig? config = null)
    {
        config ??= new AmazonCloudWatchConfig { MaxErrorRetry = 0 };
        config.ServiceURL = server.Url;
        config.AuthenticationRegion = "eu-central-1";
        return new AmazonCloudWatchClient("key", "secret", config);
    }
}
