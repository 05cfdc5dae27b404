using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Dispatcher.Aws.Tests;

public sealed class AwsFailureRuleTests
{
    private readonly AwsFailureRule _rule = new();

    [TestCase("SlowDown", HttpStatusCode.ServiceUnavailable, FailureKind.Transient)]
    [TestCase("ThrottlingException", HttpStatusCode.BadRequest, FailureKind.Transient)]
    [TestCase("InternalError", HttpStatusCode.InternalServerError, FailureKind.Transient)]
    [TestCase("AccessDenied", HttpStatusCode.Forbidden, FailureKind.Denied)]
    [TestCase("Forbidden", HttpStatusCode.Forbidden, FailureKind.Denied)]
    [TestCase("ExpiredToken", HttpStatusCode.BadRequest, FailureKind.Denied)]
    [TestCase("UnrecognizedClientException", HttpStatusCode.BadRequest, FailureKind.Denied)]
    [TestCase("InvalidObjectState", HttpStatusCode.Forbidden, FailureKind.Permanent)]
    [TestCase("NoSuchBucket", HttpStatusCode.NotFound, FailureKind.Permanent)]
    [TestCase("MalformedXML", HttpStatusCode.BadRequest, FailureKind.Permanent)]
    public void Classify_ServiceError_HasItsKind(string code, HttpStatusCode status, FailureKind expected) =>
        Assert.That(_rule.Classify(Error(code, status))!.Kind, Is.EqualTo(expected));

    [Test]
    public void Classify_TransientAfterTheSdksOwnRetries_IsExhausted()
    {
        var error = Error("SlowDown", HttpStatusCode.ServiceUnavailable);
        AwsCall.Note(error, new AwsCall("S3", "GetObject", null));

        Assert.That(_rule.Classify(error)!.Kind, Is.EqualTo(FailureKind.Exhausted));
    }

    [Test]
    public void Classify_ServiceError_NamesServiceCodeMessageAndRequest()
    {
        var message = _rule.Classify(Error("AccessDenied", HttpStatusCode.Forbidden))!.Message;

        Assert.That(message, Is.EqualTo("S3 failed: AccessDenied: It went wrong (request id R1). Allow the operation in the role's policy."));
    }

    [Test]
    public void Classify_NoCredentials_SaysHowToGiveThem()
    {
        var failure = _rule.Classify(new AmazonClientException("Failed to resolve AWS credentials. Exception 1 of 4: …"))!;

        Assert.That(failure.Message, Does.StartWith("No AWS credentials were found.").And.Contain("AWS_PROFILE"));
    }

    [Test]
    public void Classify_NoRegion_NamesTheVariable() =>
        Assert.That(_rule.Classify(new AmazonClientException("No RegionEndpoint or ServiceURL configured"))!.Message, Does.Contain("AWS_REGION"));

    [Test]
    public void Classify_ForeignException_IsLeftToOtherRules() =>
        Assert.That(_rule.Classify(new HttpRequestException("somewhere else")), Is.Null);

    private static AmazonS3Exception Error(string code, HttpStatusCode status) =>
        new("It went wrong.", ErrorType.Sender, code, "R1", status);
}
