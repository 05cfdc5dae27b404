using System.Diagnostics;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using static Dispatcher.Aws.Tests.ScriptedHttp;

namespace Dispatcher.Aws.Tests;

/// <summary>Listens to the spans of calls to AWS.</summary>
public sealed class AwsSpanTests
{
    private const string Secret = "invoices-of-acme";

    private readonly List<Activity> _spans = [];
    private Activity _test = null!;
    private ActivityListener _listener = null!;

    [SetUp]
    public void Listen()
    {
        _spans.Clear();
        _test = new Activity("test").Start();
        var trace = _test.TraceId;
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Dispatcher.Aws",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = _spans.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [TearDown]
    public void Unlisten()
    {
        _listener.Dispose();
        _test.Dispose();
    }

    [Test]
    public async Task Call_Succeeds_IsASpanWithServiceAndOperation()
    {
        await Client(new ScriptedHttp(Answer(HttpStatusCode.OK, "", ("x-amz-request-id", "REQUEST1")))).GetObjectAsync(Secret, Secret);

        var span = _spans.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(span.DisplayName, Is.EqualTo("S3.GetObject"));
            Assert.That(span.Kind, Is.EqualTo(ActivityKind.Client));
            Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Unset));
            Assert.That(span.GetTagItem("rpc.system"), Is.EqualTo("aws-api"));
            Assert.That(span.GetTagItem("rpc.service"), Is.EqualTo("S3"));
            Assert.That(span.GetTagItem("rpc.method"), Is.EqualTo("GetObject"));
            Assert.That(span.GetTagItem("http.response.status_code"), Is.EqualTo(200));
            Assert.That(span.GetTagItem("aws.request_id"), Is.EqualTo("REQUEST1"));
            Assert.That(span.TagObjects.Select(tag => $"{tag.Value}"), Has.None.Contains(Secret));
        }
    }

    [Test]
    public async Task Call_IsRetriedAndRefused_IsOneSpanWithTheCodeAndTheRetries()
    {
        var http = new ScriptedHttp(Error(HttpStatusCode.ServiceUnavailable, "SlowDown"), Error(HttpStatusCode.NotFound, "NoSuchKey"));

        await Assert.ThatAsync(() => Client(http).GetObjectAsync(Secret, Secret), Throws.InstanceOf<AmazonS3Exception>());

        var span = _spans.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Error));
            Assert.That(span.StatusDescription, Is.Null);
            Assert.That(span.GetTagItem("error.type"), Is.EqualTo("NoSuchKey"));
            Assert.That(span.GetTagItem("http.response.status_code"), Is.EqualTo(404));
            Assert.That(span.GetTagItem("http.request.resend_count"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Call_ConnectionBreaks_IsASpanWithTheException()
    {
        var http = new ScriptedHttp(Break(new HttpRequestException(HttpRequestError.ConnectionError, "refused")));

        await Assert.ThatAsync(() => Client(http).GetObjectAsync(Secret, Secret), Throws.Exception);

        Assert.That(_spans.Single().GetTagItem("error.type"), Does.EndWith("Exception"));
    }

    private static AmazonS3Client Client(ScriptedHttp http) => AwsClientGuard.Protect(new AmazonS3Client(
        new BasicAWSCredentials("a", "b"),
        new AmazonS3Config
        {
            ServiceURL = "http://127.0.0.1:1", AuthenticationRegion = "us-east-1", MaxErrorRetry = 1, HttpClientFactory = http,
        }));
}
