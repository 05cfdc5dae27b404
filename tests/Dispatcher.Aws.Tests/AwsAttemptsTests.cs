using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Hosting;
using static Dispatcher.Aws.Tests.ScriptedHttp;

namespace Dispatcher.Aws.Tests;

public sealed class AwsAttemptsTests
{
    private static IEnumerable<TestCaseData> LostAnswers()
    {
        yield return new TestCaseData(Break(new HttpRequestException("cut", new IOException("reset"))))
            .SetArgDisplayNames("Connection reset");
        yield return new TestCaseData(Break(new HttpRequestException(HttpRequestError.ResponseEnded, "ended")))
            .SetArgDisplayNames("Response ended");
        yield return new TestCaseData(Break(new TaskCanceledException("timeout", new TimeoutException()))).SetArgDisplayNames("Timeout");
        yield return new TestCaseData(Error(HttpStatusCode.InternalServerError, "InternalError")).SetArgDisplayNames("500");
        yield return new TestCaseData(Answer(HttpStatusCode.BadGateway, "<html/>")).SetArgDisplayNames("502");
        yield return new TestCaseData(Answer(HttpStatusCode.GatewayTimeout)).SetArgDisplayNames("504");
    }

    private static IEnumerable<TestCaseData> Refusals()
    {
        yield return new TestCaseData(Error(HttpStatusCode.ServiceUnavailable, "SlowDown")).SetArgDisplayNames("SlowDown");
        yield return new TestCaseData(Error(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"))
            .SetArgDisplayNames("ServiceUnavailable");
        yield return new TestCaseData(Error(HttpStatusCode.BadRequest, "RequestTimeout")).SetArgDisplayNames("RequestTimeout");
        yield return new TestCaseData(Break(new HttpRequestException(
            HttpRequestError.ConnectionError, "refused", new SocketException(
                (int)SocketError.ConnectionRefused)))).SetArgDisplayNames("Connection refused");
        yield return new TestCaseData(Break(new HttpRequestException(HttpRequestError.NameResolutionError, "no such host")))
            .SetArgDisplayNames("No such host");
    }

    [TestCaseSource(nameof(LostAnswers))]
    public async Task MayHaveBeenMade_AnswerOfTheFirstAttemptIsLost_IsKnownAfterTheSdksRepetition(Func<HttpResponseMessage> lost)
    {
        var http = new ScriptedHttp(lost, Error(HttpStatusCode.NotFound, "NoSuchUpload"));
        var request = Abort();

        await Assert.ThatAsync(
            () => Client(http).AbortMultipartUploadAsync(request),
            Throws.InstanceOf<AmazonS3Exception>().With.Property(nameof(AmazonS3Exception.ErrorCode)).EqualTo("NoSuchUpload"));

        Assert.That(http.Sent, Is.EqualTo(2));
        Assert.That(AwsAttempts.MayHaveBeenMade(request), Is.True);
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task MayHaveBeenMade_FirstAttemptWasNotExecuted_IsFalse(Func<HttpResponseMessage> refused)
    {
        var request = Abort();

        await Assert.ThatAsync(
            () => Client(new ScriptedHttp(refused, Error(HttpStatusCode.NotFound, "NoSuchUpload"))).AbortMultipartUploadAsync(request),
            Throws.InstanceOf<AmazonS3Exception>());

        Assert.That(AwsAttempts.MayHaveBeenMade(request), Is.False);
    }

    [TestCaseSource(nameof(LostAnswers))]
    public async Task Classify_AnswerOfAChangeIsLostForGood_OutcomeIsUnknown(Func<HttpResponseMessage> lost)
    {
        var failure = await FailureOfAsync(client => client.AbortMultipartUploadAsync(Abort()), lost);

        Assert.That(failure.OutcomeUnknown, Is.True, failure.Message);
        Assert.That(failure.Message, Does.Contain("AbortMultipartUpload"));
    }

    [TestCaseSource(nameof(LostAnswers))]
    public async Task Classify_RepetitionIsRefused_OutcomeIsUnknownEvenIfAJobExplainsIt(Func<HttpResponseMessage> lost)
    {
        var http = new ScriptedHttp(lost, Error(HttpStatusCode.Forbidden, "AccessDenied"));
        var refused = (await Assert.CatchAsync<AmazonS3Exception>(() => Client(http).AbortMultipartUploadAsync(Abort())))!;
        var failures = new FailureClassifier([new AwsFailureRule()]);

        Exception[] told = [refused, new PermanentJobException("no", refused), new TransientJobException("no", refused)];

        Assert.That(told.Select(exception => failures.Classify(exception).OutcomeUnknown), Is.All.True);
        Assert.That(failures.Classify(refused).Kind, Is.EqualTo(FailureKind.Denied));
    }

    [Test]
    public async Task Settle_AnswerOfAnAttemptWasLost_LeavesTheOutcomeOpen([Values] bool isLost)
    {
        var gone = Error(HttpStatusCode.NotFound, "NoSuchUpload");
        var http = isLost ? new ScriptedHttp(Error(HttpStatusCode.InternalServerError, "InternalError"), gone) : new ScriptedHttp(gone);
        var request = Abort();
        await Assert.ThatAsync(() => Client(http).AbortMultipartUploadAsync(request), Throws.InstanceOf<AmazonS3Exception>());

        var outcome = AwsAttempts.Settle(request, ChangeOutcome.Skipped("it is gone already"));

        Assert.That((outcome.Kind, outcome.MayHaveBeenMade), Is.EqualTo((ChangeOutcomeKind.Skipped, isLost)));
    }

    [TestCaseSource(nameof(LostAnswers))]
    public async Task Classify_AnswerOfAReadIsLostForGood_OutcomeIsNotInDoubt(Func<HttpResponseMessage> lost) =>
        Assert.That(
            (
                await FailureOfAsync(
                    static client => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "media" }), lost)).OutcomeUnknown,
            Is.False);

    [TestCaseSource(nameof(Refusals))]
    public async Task Classify_ChangeWasNotExecuted_OutcomeIsNotInDoubt(Func<HttpResponseMessage> refused) =>
        Assert.That((await FailureOfAsync(static client => client.AbortMultipartUploadAsync(Abort()), refused)).OutcomeUnknown, Is.False);

    [Test]
    public async Task Classify_BucketInAnotherRegion_NamesTheRegion()
    {
        var failure = await FailureOfAsync(
            static client => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "media" }),
            Answer(
                HttpStatusCode.MovedPermanently,
                "<Error><Code>PermanentRedirect</Code><Message>Must be addressed elsewhere.</Message></Error>",
                ("x-amz-bucket-region", "eu-west-3")));

        Assert.That(failure.Message, Does.Contain("set AWS_REGION to eu-west-3"));
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Denied));
    }

    [Test]
    public async Task Classify_ServiceDoesNotImplementTheOperation_DoesNotSayThatItIsTooBusy()
    {
        var failure = await FailureOfAsync(
            static client => client.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = "media", Key = "k" }),
            Error(HttpStatusCode.NotImplemented, "NotImplemented"));

        Assert.That(failure.Message, Does.Contain("does not implement").And.Not.Contain("too busy"));
        Assert.That(failure.Kind, Is.EqualTo(FailureKind.Permanent));
    }

    private static async Task<Failure> FailureOfAsync(Func<AmazonS3Client, Task> call, Func<HttpResponseMessage> answer)
    {
        try
        {
            await call(Client(new ScriptedHttp(answer)));
        }
        catch (Exception exception)
        {
            return new AwsFailureRule().Classify(exception)!;
        }

        throw new AssertionException("The call succeeded.");
    }

    private static AbortMultipartUploadRequest Abort() => new() { BucketName = "media", Key = "k", UploadId = "u" };

    private static AmazonS3Client Client(ScriptedHttp http) => AwsClientGuard.Protect(new AmazonS3Client(
        new BasicAWSCredentials("a", "b"),
        new AmazonS3Config
        {
            ServiceURL = "http://127.0.0.1:1", AuthenticationRegion = "us-east-1", MaxErrorRetry = 1, HttpClientFactory = http,
        }));
}
