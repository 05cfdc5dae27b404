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

        Assert.That(
            message, Is.EqualTo("S3 failed: AccessDenied: It went wrong (request id R1). Allow the operation in the role's policy."));
    }

    [TestCase("Access Denied", "S3", "ListObjectsV2", "Allow s3:ListBucket in the role's policy.")]
    [TestCase("Access Denied", "S3", "CopyObject", "Allow s3:GetObject and s3:PutObject in the role's policy.")]
    [TestCase(
        "User: arn:aws:iam::1:user/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/k",
        "S3",
        "GetObject",
        "Allow kms:Decrypt in the role's policy.")]
    [TestCase(
        "User: arn:aws:iam::1:user/x is not authorized to perform: dynamodb:Scan", "DynamoDB", "Scan",
        "Allow dynamodb:Scan in the role's policy.")]
    [TestCase("No", "SimpleSystemsManagement", "GetParameter", "Allow the operation in the role's policy.")]
    public void Classify_Denied_NamesTheMissingPermission(string text, string service, string operation, string remedy)
    {
        var error = new AmazonServiceException(text) { ErrorCode = "AccessDenied", StatusCode = HttpStatusCode.Forbidden };
        AwsCall.Note(error, new AwsCall(service, operation, null));

        Assert.That(_rule.Classify(error)!.Message, Does.EndWith(remedy));
    }

    [Test]
    public void Classify_PageOfAnEmulator_IsShortAndSaysWhatToDo()
    {
        var error = new AmazonServiceException("<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<p>…</p>")
        {
            StatusCode = HttpStatusCode.InternalServerError,
        };
        AwsCall.Note(error, new AwsCall("SimpleSystemsManagement", "DescribeInstanceInformation", new Uri("http://127.0.0.1:5000/")));

        var message = _rule.Classify(error)!.Message;

        Assert.That(
            message,
            Does.StartWith("SimpleSystemsManagement DescribeInstanceInformation failed: HTTP 500: 500 Internal Server Error.")
            .And.Contain("http://127.0.0.1:5000 answers with a page, as AWS does not.")
            .And.Contain("test with one that has DescribeInstanceInformation").And.Not.Contain("<"));
    }

    [Test]
    public void Classify_NoCredentials_SaysHowToGiveThem()
    {
        var failure = _rule.Classify(new AmazonClientException("Failed to resolve AWS credentials. Exception 1 of 4: …"))!;

        Assert.That(failure.Message, Does.StartWith("No AWS credentials were found.").And.Contain("AWS_PROFILE"));
    }

    [Test]
    public void Classify_NoRegion_NamesTheVariable() =>
        Assert.That(
            _rule.Classify(new AmazonClientException("No RegionEndpoint or ServiceURL configured"))!.Message, Does.Contain("AWS_REGION"));

    [Test]
    public void Classify_ForeignException_IsLeftToOtherRules() =>
        Assert.That(_rule.Classify(new HttpRequestException("somewhere else")), Is.Null);

    private static AmazonS3Exception Error(string code, HttpStatusCode status) =>
        new("It went wrong.", ErrorType.Sender, code, "R1", status);
}
