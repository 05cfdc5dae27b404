using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>Answers whose body decides whether the call was a success.</summary>
public sealed class ExpectedBodyTests
{
    [TestCase("""{"expectedText":"done"}""", "all done.")]
    [TestCase("""{"expectedJson":{"/status":"done"}}""", """{"status":"done","other":1}""")]
    [TestCase("""{"expectedJson":{"/a~1b/0/c~0d":null,"/n":300}}""", """{"a/b":[{"c~d":null}],"n":3.00e2}""")]
    [TestCase("""{"expectedJson":{"":[1,"x"]}}""", """[1,"x"]""")]
    [TestCase("""{"expectedJson":{"/ok":true},"expectedText":"\"ok\""}""", """{"ok":true}""")]
    public async Task RunAsync_BodyAsExpected_Succeeds(string parameters, string body)
    {
        var (summary, requests, outcomes) = await RunAsync(parameters, MisbehavingServer.Answer(200, body));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Summary, Does.EndWith("was answered 200, with the expected body."));
        Assert.That(requests, Is.EqualTo(1));
        Assert.That(outcomes, Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Applied }));
    }

    [TestCase("""{"expectedText":"done"}""", "all Done.", "but its body does not contain 'done' (expectedText)")]
    [TestCase("""{"expectedText":"done"}""", "", "does not contain 'done'")]
    [TestCase("""{"expectedJson":{"/status":"done"}}""", """{"status":"failed"}""", "has \"failed\" at '/status', where \"done\" is expected")]
    [TestCase("""{"expectedJson":{"/status":"done"}}""", """{"state":"done"}""", "has nothing at '/status', where \"done\" is expected")]
    [TestCase("""{"expectedJson":{"/status":"done"}}""", "done", "is not the JSON that is expected")]
    [TestCase("""{"expectedJson":{"/a/01":1}}""", """{"a":[0,1]}""", "has nothing at '/a/01'")]
    [TestCase("""{"expectedJson":{"/ok":true}}""", """{"ok":true,"ok":false}""", "is not the JSON that is expected")]
    [TestCase("""{"expectedJson":{"/ok":true}}""", """{"ok":"true"}""", "has \"true\" at '/ok', where true is expected")]
    [TestCase("""{"expectedJson":{"/ok":null}}""", """{"ok":1}""", "has 1 at '/ok', where null is expected")]
    [TestCase(
        """{"expectedText":"done","expectedJson":{"/a":1,"/b":2}}""",
        """{"a":2}""",
        "does not contain 'done' (expectedText), and it has 2 at '/a', where 1 is expected (expectedJson), and it has nothing at '/b'")]
    [TestCase("""{"expectedJson":{"/token":"x"}}""", """{"token":"y"}""", "has *** at '/token', where *** is expected")]
    public async Task RunAsync_BodyNotAsExpected_FailsAtOnceAndMayHaveBeenExecuted(string parameters, string body, string problem)
    {
        var (summary, requests, outcomes) = await RunAsync(parameters, MisbehavingServer.Answer(200, body));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain(problem).And.Contain("may have been executed all the same"));
        Assert.That(requests, Is.EqualTo(1));
        Assert.That(outcomes, Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Interrupted }));
    }

    [Test]
    public async Task RunAsync_StatusNotExpected_IsJudgedFirst()
    {
        var (summary, _, _) = await RunAsync("""{"expectedText":"done"}""", MisbehavingServer.Answer(404, "done"));

        Assert.That(summary.Summary, Does.Contain("was answered 404"));
    }

    [Test]
    public async Task RunAsync_CompressedBody_IsJudged()
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("""{"status":"done"}"""u8);
        }

        var (summary, _, _) = await RunAsync(
            """{"expectedJson":{"/status":"done"}}""",
            MisbehavingServer.AnswerBytes(200, buffer.ToArray(), "Content-Encoding: gzip"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
    }

    [Test]
    public async Task RunAsync_BodyLongerThanWhatIsJudged_Fails()
    {
        var (summary, _, _) = await RunAsync(
            """{"expectedText":"done"}""",
            MisbehavingServer.AnswerBytes(200, [.. "done"u8, .. new byte[ExpectedBody.MaxBytes]]));

        Assert.That(summary.Summary, Does.Contain($"is longer than the {ExpectedBody.MaxBytes} bytes that are judged"));
    }

    [Test]
    public async Task RunAsync_BodyOfTheLongestLength_IsJudged()
    {
        var body = new byte[ExpectedBody.MaxBytes];
        Encoding.ASCII.GetBytes("done", body.AsSpan(body.Length - 4));

        var (summary, _, _) = await RunAsync("""{"expectedText":"done"}""", MisbehavingServer.AnswerBytes(200, body));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
    }

    [Test]
    public async Task RunAsync_WrongBodyQuotesTheSecret_IsMasked()
    {
        const string Secret = "top-secret-value-1";
        var (summary, _, _) = await RunAsync(
            """{"expectedJson":{"/status":"done"},"secretHeader":"X-Key","secret":"KEY"}""",
            MisbehavingServer.Answer(200, JsonSerializer.Serialize(new { status = Secret })),
            new() { ["KEY"] = Secret });

        Assert.That(summary.Summary, Does.Contain("at '/status'").And.Not.Contain(Secret).And.Not.Contain("secret-v"));
    }

    [TestCase("""{"expectedText":""}""", "expectedText")]
    [TestCase("""{"expectedJson":{}}""", "it must be an object of JSON pointers and values")]
    [TestCase("""{"expectedJson":{"status":"done"}}""", "it must be an object of JSON pointers and values")]
    [TestCase("""{"expectedJson":{"/a~2":1}}""", "it must be an object of JSON pointers and values")]
    [TestCase("""{"expectedText":"x","method":"HEAD"}""", "The answer to HEAD has no body to judge")]
    [TestCase("""{"retry":"always"}""", "it must be 'transient' or 'connect'")]
    public async Task RunAsync_RuleThatCannotHold_IsRefused(string parameters, string problem)
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That(
            () => harness.RunAsync(HttpTriggerHarness.Payload("https://example.com/", parameters)),
            Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
    }

    [TestCase("ExpectedJson", "[1]", "ExpectedJson is not a JSON object with each pointer once")]
    [TestCase("ExpectedJson", """{"/a":1,"/a":2}""", "ExpectedJson is not a JSON object with each pointer once")]
    [TestCase("ExpectedJson", "{", "ExpectedJson is not JSON")]
    [TestCase("ExpectedJson", """{"a":1}""", "ExpectedJson: it must be an object of JSON pointers")]
    [TestCase("Retry", "sometimes", "Retry: it must be 'transient' or 'connect'.")]
    [TestCase("AwsService", "s3", "Requests to the service 's3' (awsService) are signed by other rules.")]
    [TestCase("AwsRegion", "eu-central-1", "'awsRegion' has no meaning without 'awsService'")]
    [TestCase("User", "admin", "Parameters 'user' and 'password' go together.")]
    [TestCase("Password", "hunter2", "Parameter 'password' is not a name of a secret")]
    public async Task RunAsync_EndpointWithAWrongSetting_SaysWhich(string setting, string value, string problem)
    {
        await using var harness = HttpTriggerHarness.Create(
            new() { ["HttpEndpoints:api:Url"] = "https://example.com/", [$"HttpEndpoints:api:{setting}"] = value });

        var summary = await harness.RunAsync("""{"job":"http-trigger","dryRun":true,"parameters":{"endpoint":"api"}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain(problem).And.Not.Contain("hunter2"));
    }

    private static async Task<(RunRecord Summary, int Requests, IReadOnlyList<AuditOutcome> Outcomes)> RunAsync(
        string parameters, Func<Stream, CancellationToken, Task> script, Dictionary<string, string?>? settings = null)
    {
        var audit = new OutcomeSink();
        await using var server = new MisbehavingServer(script);
        await using var harness = HttpTriggerHarness.Create(
            settings, configure: builder => builder.Services.AddSingleton<IAuditSink>(audit));
        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url, parameters));
        return (summary, server.Requests.Count, audit.Outcomes);
    }
}
