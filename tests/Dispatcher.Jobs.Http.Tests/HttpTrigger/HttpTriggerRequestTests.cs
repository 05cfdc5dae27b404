using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Jobs.Http.Tests.HttpTrigger;

public sealed class HttpTriggerRequestTests
{
    [Test]
    public async Task RunAsync_DefaultRequest_PostsWithTheSlotsIdAsIdempotencyKey()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(
            $$"""{"job":"http-trigger","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","parameters":{"url":"{{server.Url}}"} }""");

        var request = server.Requests.Single();
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(request.Line, Is.EqualTo("POST /api/internal/run-uptime/ HTTP/1.1"));
        Assert.That(request.Header("Idempotency-Key"), Is.EqualTo("6a7e8feb-b491-4cf7-a9f1-bf3703467718"));
        Assert.That(request.Header("Content-Length"), Is.EqualTo("0"));
        Assert.That(summary.Changes.Items.Single().Target, Is.EqualTo(server.Url));
    }

    [Test]
    public async Task RunAsync_ScheduledTimeWithoutId_NamesJobAndTime()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        await harness.RunAsync(
            $$"""{"job":"http-trigger","scheduledTime":"2026-11-22T03:00:00+01:00","parameters":{"url":"{{server.Url}}"} }""");

        Assert.That(server.Requests.Single().Header("Idempotency-Key"), Is.EqualTo("http-trigger-20261122T020000Z"));
    }

    [Test]
    public async Task RunAsync_ConstantInput_KeepsOneIdempotencyKeyThroughItsAttempts()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(500), MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var first = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));
        var second = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(
            server.Requests.Select(request => request.Header("Idempotency-Key")), Is.EqualTo(new[] { first.RunId, first.RunId, second.RunId }));
    }

    [Test]
    public async Task RunAsync_EveryParameter_ShapesTheRequest()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(202));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
            server.Url,
            """{"method":"PUT","headers":{"X-Trace":"a b","Content-Type":"application/vnd.api+json"},"body":{"names":["Zoë",null]},"expectedStatus":[202]}"""));

        var request = server.Requests.Single();
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(request.Line, Does.StartWith("PUT "));
        Assert.That(request.Header("X-Trace"), Is.EqualTo("a b"));
        Assert.That(request.Header("Content-Type"), Is.EqualTo("application/vnd.api+json"));
        Assert.That(System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(request.Body), System.Text.Json.Nodes.JsonNode.Parse("""{"names":["Zoë",null]}""")), request.Body);
    }

    [Test]
    public async Task RunAsync_BodyWithoutContentType_IsJson()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        await harness.RunAsync(HttpTriggerHarness.Payload(server.Url, """{"body":{"a":1}}"""));

        Assert.That(server.Requests.Single().Header("Content-Type"), Is.EqualTo("application/json"));
        Assert.That(server.Requests.Single().Body, Is.EqualTo("""{"a":1}"""));
    }

    [Test]
    public async Task RunAsync_NamedEndpoint_TakesItsSettingsAndLetsThePayloadWin()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(new()
        {
            ["HttpEndpoints:daily-uptime:Url"] = server.Url,
            ["HttpEndpoints:daily-uptime:Method"] = "PATCH",
            ["HttpEndpoints:daily-uptime:Headers:X-From"] = "maintenance",
            ["HttpEndpoints:daily-uptime:Headers:X-Trace"] = "endpoint",
            ["HttpEndpoints:daily-uptime:Body"] = """{"a":1}""",
            ["HttpEndpoints:daily-uptime:SecretHeader"] = "Authorization",
            ["HttpEndpoints:daily-uptime:SecretScheme"] = "Bearer",
            ["HttpEndpoints:daily-uptime:Secret"] = "INTERNAL_KEY",
            ["INTERNAL_KEY"] = "k1",
        });

        var summary = await harness.RunAsync(
            """{"job":"http-trigger","parameters":{"endpoint":"daily-uptime","method":"PUT","headers":{"x-trace":"payload"}}}""");

        var request = server.Requests.Single();
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(request.Line, Does.StartWith("PUT "));
        Assert.That(request.Header("X-From"), Is.EqualTo("maintenance"));
        Assert.That(request.Header("X-Trace"), Is.EqualTo("payload"));
        Assert.That(request.Body, Is.EqualTo("""{"a":1}"""));
        Assert.That(request.Header("Authorization"), Is.EqualTo("Bearer k1"));
    }
}
