using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Testing;

namespace Dispatcher.Jobs.Http.Tests.Secrets;

/// <summary>Searches everything that a failing run emits for the secret that it was given.</summary>
public sealed class SecretLeakTests
{
    private const string Secret = "hunter2+/THE \"real\" <key>";
    private const string Token = "session-token-7f3a";

    [Test]
    public async Task RunAsync_SecretInTheEnvironment_ArrivesAndIsNowhereElse()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = Create(server.Port);

        await RunAsync(harness, server, "INTERNAL_KEY");

        Assert.That(server.Requests.Single().Header("X-Internal-Key"), Is.EqualTo(Secret));
        AssertNoLeak(harness);
    }

    [TestCase("Authorization", "Bearer")]
    [TestCase("X-Internal-Key", null)]
    public async Task RunAsync_ServerEchoesTheSecretInEveryForm_IsBlottedOut(string header, string? scheme)
    {
        var echo = $"{Secret} {JsonSerializer.Serialize(Secret)} {Uri.EscapeDataString(Secret)} {System.Net.WebUtility.HtmlEncode(Secret)} "
                   + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret));
        await using var server = new MisbehavingServer(
            MisbehavingServer.Answer(500, echo), MisbehavingServer.Answer(
                403, echo, $"Location: https://example.com/?key={Uri.EscapeDataString(Secret)}"));
        await using var harness = Create(server.Port);

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
            server.Url, JsonSerializer.Serialize(new { secretHeader = header, secret = "INTERNAL_KEY", secretScheme = scheme ?? "Key" })));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("It said: ***").And.Contains("key=***"));
        AssertNoLeak(harness);
    }

    [Test]
    public async Task RunAsync_ServerEchoesTheQuery_IsBlottedOut()
    {
        await using var server = new MisbehavingServer(
            MisbehavingServer.Answer(403, "You sent hunter2-of-the-query.", "Location: /?token=hunter2-of-the-query"));
        await using var harness = Create(1);

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
            $"{server.Url}?token=hunter2-of-the-query", """{"secretHeader":"X-Internal-Key","secret":"INTERNAL_KEY"}"""));

        Assert.That(
            summary.Summary,
            Does.StartWith($"POST {server.Url}?token=*** was answered 403, Location: /?token=***").And.Contains("It said: You sent ***"));
        AssertNoLeak(harness);
    }

    [TestCase(2040)]
    [TestCase(2047)]
    public async Task RunAsync_EchoAcrossTheCut_LeavesNoHeadOfTheSecret(int before)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(400, new string('.', before) + Secret + Secret));
        await using var harness = Create(server.Port);

        var summary = await RunAsync(harness, server, "INTERNAL_KEY");

        Assert.That(summary.Summary, Does.EndWith(new string('.', before) + new string('*', 2048 - before)));
    }

    [Test]
    public async Task RunAsync_RepeatedEcho_LeavesNothingOfTheSecret()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(400, string.Concat(Enumerable.Repeat(Secret, 200))));
        await using var harness = Create(server.Port);

        var summary = await RunAsync(harness, server, "INTERNAL_KEY");

        Assert.That(summary.Summary, Does.EndWith("It said: " + new string('*', 2048)));
    }

    [TestCase("ssm:/maintenance/key", "GET /systemsmanager/parameters/get?name=%2Fmaintenance%2Fkey&withDecryption=true HTTP/1.1")]
    [TestCase("secretsmanager:maintenance/api", "GET /secretsmanager/get?secretId=maintenance%2Fapi HTTP/1.1")]
    [TestCase("secretsmanager:maintenance/api#key", "GET /secretsmanager/get?secretId=maintenance%2Fapi HTTP/1.1")]
    public async Task RunAsync_SecretFromTheExtension_ArrivesAndIsNowhereElse(string name, string expectedRequest)
    {
        var stored = name.Contains('#', StringComparison.Ordinal) ? JsonSerializer.Serialize(new { key = Secret }) : Secret + "\n";
        var answer = name.StartsWith("ssm:", StringComparison.Ordinal)
            ? JsonSerializer.Serialize(
                new { Parameter = new { Name = "/maintenance/key", Type = "SecureString", Value = stored }, ResultMetadata = new { } })
            : JsonSerializer.Serialize(new { ARN = "arn", Name = "maintenance/api", SecretString = stored });
        await using var extension = new MisbehavingServer(MisbehavingServer.Answer(200, answer));
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = Create(extension.Port);

        var summary = await RunAsync(harness, server, name);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(extension.Requests.Single().Line, Is.EqualTo(expectedRequest));
        Assert.That(extension.Requests.Single().Header("X-Aws-Parameters-Secrets-Token"), Is.EqualTo(Token));
        Assert.That(server.Requests.Single().Header("X-Internal-Key"), Is.EqualTo(Secret));
        AssertNoLeak(harness);
    }

    [TestCase(200, "{\"Parameter\":{\"Value\":5,\"x\":\"hunter2+/THE \\\"real\\\" <key>\"}}", "does not hold the parameter")]
    [TestCase(200, "hunter2+/THE \"real\" <key>", "does not hold the parameter")]
    [TestCase(403, "hunter2+/THE \"real\" <key>", "answered 403 when asked for the parameter '/k' of Parameter Store. Check the name")]
    [TestCase(
        400, "not ready to serve traffic, please wait: hunter2+/THE \"real\" <key>", "answered 400 when asked for the parameter '/k'")]
    public async Task RunAsync_ExtensionAnswersWrongly_TellsWithoutItsAnswer(int status, string body, string expected)
    {
        await using var extension = new MisbehavingServer(MisbehavingServer.Answer(status, body));
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = Create(extension.Port);

        var summary = await RunAsync(harness, server, "ssm:/k");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain(expected));
        Assert.That(server.Requests, Is.Empty);
        AssertNoLeak(harness);
    }

    [Test]
    public async Task RunAsync_ExtensionNotReadyYet_IsAskedAgain()
    {
        await using var extension = new MisbehavingServer(
            MisbehavingServer.Answer(400, "not ready to serve traffic, please wait"),
            MisbehavingServer.Answer(200, JsonSerializer.Serialize(new { SecretString = Secret })));
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = Create(extension.Port);

        var summary = await RunAsync(harness, server, "secretsmanager:api");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_RotatedSecret_IsTakenAsSoonAsTheExtensionHasIt()
    {
        await using var extension = new MisbehavingServer(
            MisbehavingServer.Answer(200, """{"SecretString":"old"}"""), MisbehavingServer.Answer(200, """{"SecretString":"new"}"""));
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = Create(extension.Port);

        await RunAsync(harness, server, "secretsmanager:api");
        await RunAsync(harness, server, "secretsmanager:api");

        Assert.That(server.Requests.Select(request => request.Header("X-Internal-Key")), Is.EqualTo(new[] { "old", "new" }));
    }

    [Test]
    public async Task RunAsync_NoExtension_SaysWhatToAdd()
    {
        await using var harness = HttpTriggerHarness.Create(
            new() { ["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] = "1" });

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
            "https://example.com/", """{"secretHeader":"X-Internal-Key","secret":"ssm:/k"}"""));

        Assert.That(
            summary.Summary,
            Is.EqualTo(
                "No Parameters and Secrets extension answers at localhost:1, which is to read the parameter '/k' of Parameter Store. "
                       + "Add its layer to the function, or correct PARAMETERS_SECRETS_EXTENSION_HTTP_PORT."));
        Assert.That(summary.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_TheSecretItselfInThePayload_IsRefusedWithoutRepeatingIt()
    {
        await using var harness = Create(1);

        Assert.That(
            () => harness.RunAsync(HttpTriggerHarness.Payload(
                "https://example.com/", JsonSerializer.Serialize(new { secretHeader = "X-Internal-Key", secret = Secret }))),
            Throws.TypeOf<JobRequestException>().With.Message.StartsWith("Parameter 'secret' is not a name of a secret")
                .And.Message.Not.Contains("hunter2"));
    }

    [TestCase("AWS_SESSION_TOKEN")]
    [TestCase("AWS_SECRET_ACCESS_KEY")]
    [TestCase("LAMBDA_TASK_ROOT")]
    public async Task RunAsync_TheFunctionsOwnCredentials_AreNeverSent(string name)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = Create(1);

        var summary = await RunAsync(harness, server, name);

        Assert.That(summary.Summary, Does.StartWith($"The secret cannot be the environment variable {name}"));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase("two\nlines")]
    [TestCase("schlüssel")]
    public async Task RunAsync_SecretThatNoHeaderCanCarry_SaysSoWithoutIt(string secret)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(new() { ["INTERNAL_KEY"] = secret });

        var summary = await RunAsync(harness, server, "INTERNAL_KEY");

        Assert.That(summary.Summary, Does.StartWith("The secret in the environment variable INTERNAL_KEY holds characters"));
        Assert.That(summary.Summary, Does.Not.Contain(secret));
    }

    [Test]
    public async Task RunAsync_SnapStart_ProvesToTheExtensionWithTheTokenOfTheContainer()
    {
        await using var extension = new MisbehavingServer(
            MisbehavingServer.Answer(200, JsonSerializer.Serialize(new { SecretString = Secret })));
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(new()
        {
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = Token,
            ["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] = extension.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });

        var summary = await RunAsync(harness, server, "secretsmanager:maintenance/api");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(extension.Requests.Single().Header("X-Aws-Parameters-Secrets-Token"), Is.EqualTo(Token));
        AssertNoLeak(harness);
    }

    private static JobHarness Create(int extensionPort) => HttpTriggerHarness.Create(new()
    {
        ["INTERNAL_KEY"] = Secret,
        ["AWS_SESSION_TOKEN"] = Token,
        ["AWS_SECRET_ACCESS_KEY"] = Secret,
        ["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] = extensionPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
    });

    private static Task<RunRecord> RunAsync(JobHarness harness, MisbehavingServer server, string secret) =>
        harness.RunAsync(HttpTriggerHarness.Payload(
            server.Url, JsonSerializer.Serialize(new { secretHeader = "X-Internal-Key", secret })));

    /// <summary>Looks through logs, records, metrics and the exception that a host would throw.</summary>
    private static void AssertNoLeak(JobHarness harness)
    {
        var emitted = string.Join('\n', [
            .. harness.Logs.Lines,
            .. harness.Runs.Records.Select(summary => JsonSerializer.Serialize(summary, DispatcherJsonContext.Default.RunRecord)),
            .. harness.Runs.Records.Select(summary => summary.ToString()),
            .. harness.Runs.Records.SelectMany(summary => summary.Errors).Select(error => error.ToString()),
            .. harness.Runs.Records.Where(summary => summary.Status == JobStatus.Failed).Select(Thrown),
            .. harness.Metrics.Batches.Select(batch => $"{batch} {string.Join(',', batch.Values)} {string.Join(',', batch.Dimensions)}"),
            .. harness.Progress.Reports.Select(report => report.ToString()),
        ]);

        Assert.That(harness.Runs.Records, Is.Not.Empty);
        foreach (var form in (string[])[Secret, "hunter2", "THE", "aHVudGVyMi", Token])
        {
            Assert.That(emitted, Does.Not.Contain(form));
        }
    }

    private static string Thrown(RunRecord summary) => Assert.Throws<JobFailedException>(() => summary.EnsureSucceeded())!.ToString();
}
