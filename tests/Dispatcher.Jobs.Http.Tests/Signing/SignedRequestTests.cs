using System.Text.Json.Nodes;
using Amazon.Runtime;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests.Signing;

/// <summary>Requests that are signed for AWS, checked with the signer of the AWS CLI.</summary>
public sealed class SignedRequestTests
{
    private const string Key = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Token = "FwoGZXIvYXdzEXAMPLE/TOKEN+with=signs//and-more";

    [TestCase("/", """{}""")]
    [TestCase("/api/internal/", """{"body":{"a":"ü"}}""")]
    [TestCase("/a%20b/c:d/(e)'!*$/%2F/~f/%C3%BC/%40,;=+/", """{"body":"x","headers":{"Content-Type":"text/plain"},"method":"PUT"}""")]
    [TestCase("/p?b=2&a=1&a=0&empty=&flag&sp=a%20b&plus=a%2Bb&col=a:b/c&u=%C3%BC&tilde=~", """{"method":"GET"}""")]
    [TestCase("/p?x=1", """{"headers":{"X-Spaces":"a   b","Accept":"text/html,application/json;q=0.9","X-Amz-Target":"A.B","User-Agent":"me"}}""")]
    [TestCase("/p", """{"headers":{"Content-Type":"application/x-www-form-urlencoded"},"body":{"a":"1 2"}}""")]
    public async Task RunAsync_Signed_HasTheSignatureOfAnotherSigner(string path, string parameters)
    {
        foreach (var token in (string?[])[Token, null])
        {
            await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
            await using var harness = Create(server.Origin + path, token);

            var all = JsonNode.Parse(parameters)!.AsObject();
            all["endpoint"] = "fn";
            var summary = await harness.RunAsync($$"""{"job":"http-trigger","parameters":{{all.ToJsonString()}}}""");

            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            var request = server.Requests.Single();
            var result = await BotocoreSignatures.RecalculateAsync(
                request, server.Origin, "lambda", "eu-central-1", (Key, Secret, token));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    result.GetProperty("given").GetString(), Is.EqualTo(result.GetProperty("signature").GetString()),
                    result.GetProperty("canonical").GetString());
                Assert.That(result.GetProperty("credential").GetString(), Does.StartWith($"{Key}/"));
                Assert.That(result.GetProperty("scope").GetString(), Does.EndWith("/eu-central-1/lambda/aws4_request"));
                Assert.That(request.Header("X-Amz-Security-Token"), Is.EqualTo(token));
                Assert.That(
                    result.GetProperty("names").EnumerateArray().Select(static name => name.GetString()),
                    Is.SupersetOf(new[] { "host", "x-amz-date", "x-amz-content-sha256", "idempotency-key" })
                        .And.Not.Contains("user-agent"));
            }
        }
    }

    [Test]
    public async Task RunAsync_DryRun_SendsNothing()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = Create(server.Url, Token);

        var summary = await harness.RunAsync("""{"job":"http-trigger","dryRun":true,"parameters":{"endpoint":"fn"}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned), summary.Summary);
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_ServiceQuotesWhatWasSigned_IsMasked()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(
            403, $"The Canonical String should have been: x-amz-security-token:{Token} {Secret}"));
        await using var harness = Create(server.Url, Token);

        var summary = await harness.RunAsync("""{"job":"http-trigger","parameters":{"endpoint":"fn"}}""");

        Assert.That(summary.Summary, Does.Contain("The Canonical String").And.Contain("the permissions of the role that signs"));
        Assert.That(summary.Summary, Does.Not.Contain("FwoGZ").And.Not.Contain("EXAMPLEKEY").And.Not.Contain("TOKEN+with"));
    }

    [TestCase("https://abc.lambda-url.eu-central-1.on.aws/", "lambda", null)]
    [TestCase("https://abc.execute-api.eu-central-1.amazonaws.com/prod/x", "execute-api", "eu-central-1")]
    [TestCase("https://abc.execute-api.cn-north-1.amazonaws.com.cn/", "execute-api", null)]
    [TestCase("https://abc.execute-api.eu-central-1.api.aws/", "execute-api", null)]
    [TestCase("https://abc-vpce-1.execute-api.eu-central-1.vpce.amazonaws.com/", "execute-api", null)]
    public async Task RunAsync_PayloadNamesAHostOfTheService_IsPlanned(string url, string service, string? region)
    {
        await using var harness = Create("http://127.0.0.1:1/", Token);

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(url, Parameters(service, region), dryRun: true));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned), summary.Summary);
    }

    [TestCase("https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/f/invocations", "lambda", "*.lambda-url.REGION.on.aws")]
    [TestCase("https://iam.amazonaws.com/?Action=CreateUser", "iam", "endpoint of the configuration")]
    [TestCase("https://api.example.com/", "execute-api", "endpoint of the configuration")]
    [TestCase("https://abc.lambda-url.eu-central-1.on.aws.evil.example/", "lambda", "endpoint of the configuration")]
    [TestCase("https://abc.lambda-url.eu-central-1.on.aws/", "execute-api", "endpoint of the configuration")]
    [TestCase("http://127.0.0.1:9/", "lambda", "endpoint of the configuration")]
    [TestCase("https://abc.lambda-url.eu-central-1.on.aws/a//b", "lambda", "must not have empty segments")]
    [TestCase("https://abc.lambda-url.eu-central-1.on.aws/?a=b+c", "lambda", "nor '+' in its query")]
    [TestCase("https://abc.lambda-url.eu-central-1.on.aws/?a=%FF", "lambda", "must be encoded in UTF-8")]
    [TestCase("https://s3.eu-central-1.amazonaws.com/", "s3", "signed by other rules")]
    [TestCase("https://abc.lambda-url.eu-central-1.on.aws/", "Lambda!", "it must be the signing name of a service")]
    public async Task RunAsync_PayloadNamesAnotherTarget_IsRefused(string url, string service, string problem)
    {
        await using var harness = Create("http://127.0.0.1:1/", Token);

        Assert.That(
            () => harness.RunAsync(HttpTriggerHarness.Payload(url, Parameters(service, null))),
            Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
    }

    [TestCase("""{"awsService":"lambda","awsRegion":"us-east-1"}""", "The region is us-east-1 (awsRegion), but the host is in eu-central-1")]
    [TestCase("""{"awsService":"lambda","awsRegion":"nowhere"}""", "it must be a region such as eu-central-1")]
    [TestCase("""{"awsRegion":"eu-central-1"}""", "'awsRegion' has no meaning without 'awsService'")]
    [TestCase("""{"awsService":"lambda","user":"a","password":"KEY"}""", "Leave out 'user' and 'password', and these headers.")]
    [TestCase("""{"awsService":"lambda","secretHeader":"Authorization","secret":"KEY"}""", "and these headers")]
    [TestCase("""{"awsService":"lambda","headers":{"x-amz-date":"20260101T000000Z"}}""", "and these headers")]
    [TestCase("""{"headers":{"x-amz-security-token":"t"}}""", "holds a secret, and a payload must not")]
    public async Task RunAsync_ParametersContradictTheSignature_IsRefused(string parameters, string problem)
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That(
            () => harness.RunAsync(HttpTriggerHarness.Payload("https://abc.lambda-url.eu-central-1.on.aws/", parameters)),
            Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
    }

    private static string Parameters(string service, string? region) =>
        region is null ? $$"""{"awsService":"{{service}}"}""" : $$"""{"awsService":"{{service}}","awsRegion":"{{region}}"}""";

    private static JobHarness Create(string url, string? token) => HttpTriggerHarness.Create(
        new()
        {
            ["HttpEndpoints:fn:Url"] = url,
            ["HttpEndpoints:fn:AwsService"] = "lambda",
            ["HttpEndpoints:fn:AwsRegion"] = "eu-central-1",
        },
        configure: builder => builder.Services.AddSingleton<AWSCredentials>(
            token is null ? new BasicAWSCredentials(Key, Secret) : new SessionAWSCredentials(Key, Secret, token)));
}
