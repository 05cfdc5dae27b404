using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Jobs.Http.Tests;

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
            server.Requests.Select(request => request.Header("Idempotency-Key")), Is.EqualTo(
                new[] { first.RunId, first.RunId, second.RunId }));
    }

    [Test]
    public async Task RunAsync_EveryParameter_ShapesTheRequest()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(202));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
            server.Url,
            """
            {"method":"PUT","headers":{"X-Trace":"a b","Content-Type":"application/vnd.api+json"},
             "body":{"names":["Zoë",null]},"expectedStatus":[202]}
            """));

        var request = server.Requests.Single();
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(request.Line, Does.StartWith("PUT "));
        Assert.That(request.Header("X-Trace"), Is.EqualTo("a b"));
        Assert.That(request.Header("Content-Type"), Is.EqualTo("application/vnd.api+json"));
        Assert.That(System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(request.Body),
            System.Text.Json.Nodes.JsonNode.Parse("""{"names":["Zoë",null]}""")), request.Body);
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

    [TestCase("application/x-www-form-urlencoded", "a=1&b=%C3%BC", "application/x-www-form-urlencoded")]
    [TestCase("text/plain; charset=utf-8", "Grüße", "text/plain; charset=utf-8")]
    [TestCase("TEXT/XML", "<a b=\"1\"/>", "TEXT/XML")]
    [TestCase("application/jsonp", "f(1)", "application/jsonp")]
    [TestCase("text/plain", "", "text/plain")]
    public async Task RunAsync_StringUnderAnotherContentType_IsSentAsItIs(string contentType, string body, string sent)
    {
        foreach (var name in (string[])["Content-Type", "content-type", "CONTENT-TYPE"])
        {
            await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
            await using var harness = HttpTriggerHarness.Create();

            var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
                server.Url, JsonSerializer.Serialize(new { body, headers = new Dictionary<string, string> { [name] = contentType } })));

            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(server.Requests.Single().Body, Is.EqualTo(body));
            Assert.That(
                server.Requests.Single().Headers.Where(header => header.StartsWith("Content-Type", StringComparison.OrdinalIgnoreCase)),
                Is.EqualTo(new[] { $"Content-Type: {sent}" }));
        }
    }

    [TestCase("application/json")]
    [TestCase("Application/JSON; charset=UTF-8")]
    [TestCase("application/problem+json; profile=\"a;b\"")]
    [TestCase("text/json")]
    public async Task RunAsync_StringUnderJson_IsSentAsJson(string contentType)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        await harness.RunAsync(HttpTriggerHarness.Payload(
            server.Url, JsonSerializer.Serialize(
                new { body = "a", headers = new Dictionary<string, string> { ["content-type"] = contentType } })));

        Assert.That(server.Requests.Single().Body, Is.EqualTo("\"a\""));
        Assert.That(server.Requests.Single().Header("Content-Type"), Is.EqualTo(contentType));
    }

    [TestCase(
        """{"body":{"a":1},"headers":{"content-type":"text/xml"}}""",
        "Parameter 'body' is JSON (Object), but the header 'Content-Type' is text/xml: give the body as a string")]
    [TestCase(
        """{"body":{"a":{"b":1}},"headers":{"content-type":"application/x-www-form-urlencoded"}}""",
        "Parameter 'body' is sent as a form, whose fields are strings, numbers, true and false, and lists of these.")]
    [TestCase("""{"body":{"a":[[1]]},"headers":{"content-type":"application/x-www-form-urlencoded"}}""", "is sent as a form")]
    [TestCase("""{"body":[1],"headers":{"Content-Type":"text/plain"}}""", "Parameter 'body' is JSON (Array)")]
    [TestCase("""{"body":5,"headers":{"Content-Type":"text/plain"}}""", "Parameter 'body' is JSON (Number)")]
    [TestCase("""{"body":{"a":1},"headers":{"Content-Type":"text"}}""", "Header 'Content-Type' is not a media type")]
    [TestCase("""{"body":{"a":1},"headers":{"Content-Type":""}}""", "Header 'Content-Type' is not a media type")]
    [TestCase(
        """{"body":"ü","headers":{"Content-Type":"text/plain; charset=us-ascii"}}""",
        "Parameter 'body' holds characters that us-ascii")]
    [TestCase("""{"body":"ü","headers":{"Content-Type":"text/plain; charset=klingon"}}""", "names a charset that is not supported")]
    [TestCase("""{"body":{},"headers":{"Content-Type":"application/json; charset=utf-16"}}""", "A JSON body is sent in UTF-8")]
    [TestCase(
        """{"headers":{"Content-Type":"text/plain","content-type":"text/xml"}}""",
        "'Content-Type' is given 2 times. Give each header once.")]
    [TestCase("""{"headers":{"X-A":"1","x-a":"2"}}""", "'X-A' is given 2 times")]
    [TestCase("""{"headers":{"x-key":"1"},"secretHeader":"X-Key","secret":"INTERNAL_KEY"}""", "in 'headers' and in 'secretHeader'")]
    public async Task RunAsync_BodyAndContentTypeDoNotGoTogether_IsRefused(string parameters, string problem)
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That(
            () => harness.RunAsync(HttpTriggerHarness.Payload("https://example.com/", parameters)),
            Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));
    }

    [Test]
    public async Task RunAsync_EndpointWithAFormBody_SendsIt()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(new()
        {
            ["HttpEndpoints:form:Url"] = server.Url,
            ["HttpEndpoints:form:Headers:Content-Type"] = "application/x-www-form-urlencoded",
            ["HttpEndpoints:form:Body"] = "\"a=1\"",
        });

        await harness.RunAsync("""{"job":"http-trigger","parameters":{"endpoint":"form"}}""");

        Assert.That(server.Requests.Single().Body, Is.EqualTo("a=1"));
    }

    [Test]
    public async Task RunAsync_ObjectUnderAForm_IsEncoded()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
            server.Url,
            """
            {"headers":{"Content-Type":"application/x-www-form-urlencoded; charset=utf-8"},
             "body":{"kind":"week ly&=","day":[1,2.50],"dry":false,"no":null,"na me":"ü+","empty":""}}
            """));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(
            server.Requests.Single().Body, Is.EqualTo("kind=week+ly%26%3D&day=1&day=2.50&dry=false&na+me=%C3%BC%2B&empty="));
    }

    [Test]
    public async Task RunAsync_NamedEndpoint_TakesItsSettingsAndWhatThePayloadAdds()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200, """{"ok":true}"""));
        await using var harness = HttpTriggerHarness.Create(Endpoint(server.Url));

        var summary = await harness.RunAsync(
            """{"job":"http-trigger","parameters":{"endpoint":"daily-uptime","timeoutSeconds":5,"headers":{"x-other":"payload"}}}""");

        var request = server.Requests.Single();
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(request.Line, Does.StartWith("PATCH "));
        Assert.That(request.Header("X-From"), Is.EqualTo("maintenance"));
        Assert.That(request.Header("X-Other"), Is.EqualTo("payload"));
        Assert.That(request.Body, Is.EqualTo("""{"a":1}"""));
        Assert.That(request.Header("Authorization"), Is.EqualTo("Bearer k1"));
    }

    [TestCase("\"secret\":\"OTHER_KEY\"", "'secret'")]
    [TestCase("\"secretHeader\":\"X-Key\"", "'secretHeader'")]
    [TestCase("\"secretScheme\":\"Basic\"", "'secretScheme'")]
    [TestCase("\"user\":\"admin\",\"password\":\"OTHER_KEY\"", "'user', 'password'")]
    [TestCase("\"awsService\":\"lambda\",\"awsRegion\":\"eu-central-1\"", "'awsService', 'awsRegion'")]
    [TestCase("\"retry\":\"transient\"", "'retry'")]
    [TestCase("\"expectedText\":\"x\",\"expectedJson\":{\"/a\":1}", "'expectedText', 'expectedJson'")]
    [TestCase("\"method\":\"PUT\",\"body\":2", "'method', 'body'")]
    [TestCase("\"headers\":{\"x-from\":\"payload\"}", "'headers.x-from'")]
    public async Task RunAsync_PayloadReplacesWhatTheConfigurationSets_IsRefused(string more, string named)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(Endpoint(server.Url));

        var summary = await harness.RunAsync($$$"""{"job":"http-trigger","parameters":{"endpoint":"daily-uptime",{{{more}}}}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(
            summary.Summary,
            Does.StartWith($"{named}: fixed by HttpEndpoints:daily-uptime, and a payload cannot replace that."));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_PayloadGivesASecretToAnEndpointWithoutOne_IsRefused()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(new() { ["HttpEndpoints:open:Url"] = server.Url, ["OTHER_KEY"] = "k2" });

        var summary = await harness.RunAsync(
            """{"job":"http-trigger","parameters":{"endpoint":"open","secretHeader":"X-Key","secret":"OTHER_KEY"}}""");

        Assert.That(summary.Summary, Does.StartWith("'secretHeader', 'secret': fixed by HttpEndpoints:open"));
        Assert.That(server.Requests, Is.Empty);
    }

    private static Dictionary<string, string?> Endpoint(string url) => new()
    {
        ["HttpEndpoints:daily-uptime:Url"] = url,
        ["HttpEndpoints:daily-uptime:Method"] = "PATCH",
        ["HttpEndpoints:daily-uptime:Headers:X-From"] = "maintenance",
        ["HttpEndpoints:daily-uptime:Body"] = """{"a":1}""",
        ["HttpEndpoints:daily-uptime:Retry"] = "connect",
        ["HttpEndpoints:daily-uptime:ExpectedText"] = "ok",
        ["HttpEndpoints:daily-uptime:ExpectedJson"] = """{"/ok":true}""",
        ["HttpEndpoints:daily-uptime:SecretHeader"] = "Authorization",
        ["HttpEndpoints:daily-uptime:SecretScheme"] = "Bearer",
        ["HttpEndpoints:daily-uptime:Secret"] = "INTERNAL_KEY",
        ["INTERNAL_KEY"] = "k1",
        ["OTHER_KEY"] = "k2",
    };
}
