using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Lambda.Tests;

namespace Dispatcher.IntegrationTests.Native;

/// <summary>Runs every job through the native executable, planned and real, against moto and PostgreSQL.</summary>
public sealed class NativeJobTests
{
    private NativeWorld _world = null!;
    private FunctionProcess _function = null!;

    [OneTimeSetUp]
    public async Task StartServersAsync() => _world = await NativeWorld.StartAsync();

    [OneTimeTearDown]
    public async Task StopServersAsync() => await _world.DisposeAsync();

    [SetUp]
    public void Start() => _function = NativeFunction.Start(_world.Settings());

    [TearDown]
    public async Task StopAsync() => await _function.DisposeAsync();

    [Test]
    public async Task VideoUploadCleanup_DryRunAndRealRun_DeletesWhatItPlanned()
    {
        await _world.SeedUploadsAsync();

        var plan = await RunAsync("""{"job":"video-upload-cleanup","dryRun":true}""", "planned");
        var run = await RunAsync("""{"job":"video-upload-cleanup"}""", "succeeded");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Changes(run, "applied"), Is.EqualTo(Changes(plan, "proposed")).And.Positive);
            Assert.That(await _world.ItemsAsync(NativeWorld.Table), Is.Empty);
            Assert.That(await _world.KeysAsync(NativeWorld.Bucket), Is.Empty);
        }
    }

    [Test]
    public async Task CeleryEnqueue_DryRunAndRealRun_SendsOneMessage()
    {
        const string Parameters = "\"parameters\":{\"task\":\"app.tasks.add\",\"args\":[1,{\"a\":2.5}],\"kwargs\":{\"b\":null}}";

        await RunAsync($$"""{"job":"celery-enqueue","dryRun":true,{{Parameters}}}""", "planned");
        var planned = await _world.MessagesAsync();
        await RunAsync($$"""{"job":"celery-enqueue",{{Parameters}}}""", "succeeded");

        var message = JsonElement.Parse(Convert.FromBase64String((await _world.MessagesAsync()).Single()));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned, Is.Empty);
            Assert.That(message.GetProperty("headers").GetProperty("task").GetString(), Is.EqualTo("app.tasks.add"));
        }
    }

    [Test]
    public async Task HttpTrigger_DryRunAndRealRun_CallsTheEndpointOnceWithItsSecret()
    {
        await RunAsync("""{"job":"http-trigger","dryRun":true,"parameters":{"endpoint":"hook"}}""", "planned");
        var planned = _world.Endpoint.Requests.Count;
        await RunAsync("""{"job":"http-trigger","parameters":{"endpoint":"hook"}}""", "succeeded");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned, Is.Zero);
            Assert.That(_world.Endpoint.Requests.Single().Header("X-Internal-Key"), Is.EqualTo("the internal key"));
        }
    }

    [Test]
    public async Task HttpTrigger_HttpsEndpoint_TrustsTheAuthorityOfTheMachine()
    {
        using var certificate = CreateCertificate();
        await using var endpoint = new MisbehavingServer(certificate, MisbehavingServer.Answer(204));
        var authority = Path.Combine(TestContext.CurrentContext.WorkDirectory, "authority.pem");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem());
        await using var function = NativeFunction.Start(_world.Settings(
            ("SSL_CERT_FILE", authority), ("HttpEndpoints__tls__Url", endpoint.Url)));

        await RunAsync("""{"job":"http-trigger","parameters":{"endpoint":"tls"}}""", "succeeded", function);

        Assert.That(endpoint.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task EcsRunTask_DryRunAndRealRun_StartsOneTask()
    {
        await RunAsync("""{"job":"ecs-run-task","dryRun":true,"parameters":{"task":"report"}}""", "planned");
        var planned = await _world.TasksAsync();
        await RunAsync("""{"job":"ecs-run-task","parameters":{"task":"report"}}""", "succeeded");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned, Is.Empty);
            Assert.That(await _world.TasksAsync(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task SsmRunCommand_DryRun_ListsTheInstances()
    {
        await using var function = NativeFunction.Start(_world.Settings(("AWS_ENDPOINT_URL_SSM", _world.SystemsManager.Origin)));

        var plan = await RunAsync("""{"job":"ssm-run-command","dryRun":true,"parameters":{"profile":"uptime"}}""", "planned", function);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.GetRawText(), Does.Contain($"{NativeWorld.Instance} web (Online, Linux)"));
            Assert.That(
                _world.SystemsManager.Requests.Select(request => request.Header("X-Amz-Target")).Distinct(),
                Is.EqualTo(new[] { "AmazonSSM.DescribeInstanceInformation" }));
        }
    }

    [Test]
    public async Task SsmRunCommand_RealRun_SendsTheCommand()
    {
        var run = await RunAsync(
            """{"job":"ssm-run-command","parameters":{"profile":"uptime"}}""", "succeeded");

        Assert.That(Changes(run, "applied"), Is.EqualTo(1));
    }

    [Test]
    public async Task DailyUptime_DryRunAndRealRun_AddsTheDaysOnce()
    {
        const string Days = "SELECT count(*) FROM contributions_contribution";
        var before = await _world.ReadAsync(Days);

        await RunAsync("""{"job":"daily-uptime","dryRun":true}""", "planned");
        var planned = await _world.ReadAsync(Days);
        await RunAsync("""{"job":"daily-uptime"}""", "succeeded");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned, Is.EqualTo(before));
            Assert.That(await _world.ReadAsync(Days), Is.GreaterThan(before));
        }
    }

    [Test]
    public async Task RefreshMaterializedView_DryRunAndRealRun_RefreshesTheView()
    {
        const string Payload = "\"parameters\":{\"view\":\"job_progress\"}";

        await RunAsync($$"""{"job":"refresh-materialized-view","dryRun":true,{{Payload}}}""", "planned");
        await RunAsync($$"""{"job":"refresh-materialized-view",{{Payload}}}""", "succeeded");

        Assert.That(await _world.ReadAsync("SELECT count(*) FROM job_progress"), Is.Positive);
    }

    [Test]
    public async Task EventCounter_EventOfItsPattern_IsCounted()
    {
        const string Event = """
            {"version":"0","id":"e-1","source":"dn.backend.channelbackfill","detail-type":"Channel Backfill Failed",
            "time":"2026-11-22T03:00:00Z","detail":{"status":"failed"}}
            """;

        await RunAsync(Event, "succeeded");

        Assert.That(
            (await _function.StopAsync()).Where(static line => line.TryGetProperty("_aws", out _)).Select(static line => line.GetRawText()),
            Has.Some.Contains("ChannelBackfillFailed"));
    }

    [Test]
    public async Task Batch_OfTheJobQueue_RunsEachMessageAndAnswersTheFailed()
    {
        var record = (string id, string body) =>
            $$"""{"messageId":"{{id}}","eventSource":"aws:sqs","body":{{JsonSerializer.Serialize(body)}}}""";

        var answer = await _function.InvokeAsync(
            $$"""
            {"Records":[
                {{record("good", """{"job":"refresh-materialized-view","dryRun":true,"parameters":{"view":"job_progress"}}""")}},
                {{record("bad", """{"job":"no-such-job"}""")}}]}
            """);

        Assert.That(answer.Body.GetRawText(), Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"bad"}]}"""));
    }

    [Test]
    public async Task Run_WithStores_IsRecordedAuditedAndPlanned()
    {
        const string Location = $"s3://{NativeWorld.Plans}/plans/kept/";
        var plan = await RunAsync(
            $$$"""{"job":"celery-enqueue","dryRun":true,"plan":"{{{Location}}}","parameters":{"task":"app.tasks.kept"}}""", "planned");
        var run = await RunAsync("""{"job":"celery-enqueue","parameters":{"task":"app.tasks.kept"}}""", "succeeded");

        var (planned, done) = (plan.GetProperty("runId").GetString()!, run.GetProperty("runId").GetString()!);
        var recorded = (await _world.ItemsAsync(NativeWorld.Runs)).Where(static item => item["job"].S == "celery-enqueue");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(recorded.Select(static item => item["runId"].S), Is.SupersetOf(new[] { planned, done }));
            Assert.That(await _world.KeysAsync(NativeWorld.Audit), Has.Some.Contains(done));
            Assert.That(await _world.KeysAsync(NativeWorld.Plans), Has.Some.Contains(planned));
        }
    }

    [Test]
    public async Task Run_OfAPlan_AppliesIt()
    {
        await _world.SeedUploadsAsync();
        const string Plan = $"s3://{NativeWorld.Plans}/plans/applied.jsonl.gz";
        var plan = await RunAsync($$"""{"job":"video-upload-cleanup","dryRun":true,"plan":"{{Plan}}"}""", "planned");

        var run = await RunAsync($$"""{"job":"video-upload-cleanup","plan":"{{Plan}}"}""", "succeeded");

        Assert.That(Changes(run, "applied"), Is.EqualTo(Changes(plan, "proposed")).And.Positive);
    }

    [Test]
    public async Task Run_WithARoleForEachJob_AssumesIt()
    {
        await using var function = NativeFunction.Start(
            _world.Settings(("JOB_ROLE_CELERY_ENQUEUE", "arn:aws:iam::123456789012:role/celery-enqueue")));

        await RunAsync("""{"job":"celery-enqueue","parameters":{"task":"app.tasks.add"}}""", "succeeded", function);
    }

    [Test]
    public async Task Watch_RecordedRuns_AreJudged()
    {
        await using var function = NativeFunction.Start(_world.Settings(("Watch__daily_uptime__MaxHours", "48")));

        var answer = await function.InvokeAsync("""{"job":"$watch"}""");

        Assert.That(answer.Path, Does.EndWith("/response"), answer.Body.GetRawText());
    }

    private async Task<JsonElement> RunAsync(string payload, string status, FunctionProcess? function = null)
    {
        var answer = await (function ?? _function).InvokeAsync(payload);

        Assert.That(answer.Path, Does.EndWith("/response"), answer.Body.GetRawText());
        Assert.That(answer.Body.GetProperty("status").GetString(), Is.EqualTo(status), answer.Body.GetRawText());
        return answer.Body;
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static int Changes(JsonElement run, string kind) => run.GetProperty("changes").GetProperty(kind).GetInt32();
}
