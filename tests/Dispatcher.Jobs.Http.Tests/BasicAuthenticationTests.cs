using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>Basic authentication from user and password.</summary>
public sealed class BasicAuthenticationTests
{
    [TestCase("admin", "s3cret-Pässwörd: 🔑")]
    [TestCase("Zoë", "12345678")]
    public async Task RunAsync_UserAndPassword_AreSentEncoded(string user, string password)
    {
        var (request, _) = await RunAsync(
            $$"""{"user":"{{user}}","password":"API_PASSWORD"}""", new() { ["API_PASSWORD"] = password + "\n" });

        Assert.That(Decode(request.Header("Authorization")), Is.EqualTo($"{user}:{password}"));
    }

    [Test]
    public async Task RunAsync_NamedEndpoint_TakesThemFromTheConfiguration()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(new()
        {
            ["HttpEndpoints:api:Url"] = server.Url,
            ["HttpEndpoints:api:User"] = "admin",
            ["HttpEndpoints:api:Password"] = "API_PASSWORD",
            ["HttpEndpoints:api:SecretHeader"] = "X-Key",
            ["HttpEndpoints:api:Secret"] = "KEY",
            ["API_PASSWORD"] = "hunter2",
            ["KEY"] = "k1",
        });

        await harness.RunAsync("""{"job":"http-trigger","parameters":{"endpoint":"api"}}""");

        Assert.That(Decode(server.Requests.Single().Header("Authorization")), Is.EqualTo("admin:hunter2"));
        Assert.That(server.Requests.Single().Header("X-Key"), Is.EqualTo("k1"));
    }

    [Test]
    public async Task RunAsync_EndpointQuotesTheCredentials_AreMasked()
    {
        const string Password = "correct horse-battery";
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Password}"));
        var (_, summary) = await RunAsync(
            """{"user":"admin","password":"API_PASSWORD"}""",
            new() { ["API_PASSWORD"] = Password },
            MisbehavingServer.Answer(401, $"no: Basic {pair} / {Password} / {Uri.EscapeDataString(Password)}"));

        Assert.That(summary.Summary, Does.Contain("was answered 401").And.Contain("'user' and 'password'"));
        foreach (var secret in (string[])[pair, Password, "correct", "battery", Uri.EscapeDataString(Password)])
        {
            Assert.That(summary.Summary, Does.Not.Contain(secret));
        }
    }

    [TestCase("""{"user":"admin"}""", "Parameters 'user' and 'password' go together.")]
    [TestCase("""{"password":"API_PASSWORD"}""", "Parameters 'user' and 'password' go together.")]
    [TestCase("""{"user":"ad:min","password":"API_PASSWORD"}""", "Parameter 'user' is neither a user's name")]
    [TestCase("""{"user":"","password":"API_PASSWORD"}""", "Parameter 'user' is neither a user's name")]
    [TestCase("""{"user":"a\nb","password":"API_PASSWORD"}""", "Parameter 'user' is neither a user's name")]
    [TestCase("""{"user":"admin","password":"hunter2"}""", "Parameter 'password' is not a name of a secret (the value is not shown")]
    [TestCase(
        """{"user":"admin","password":"API_PASSWORD","secretHeader":"authorization","secret":"KEY"}""",
        "'user' and 'secretHeader' both set the header Authorization")]
    public async Task RunAsync_CredentialsDoNotGoTogether_IsRefused(string parameters, string problem)
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That(
            () => harness.RunAsync(HttpTriggerHarness.Payload("https://example.com/", parameters)),
            Throws.TypeOf<JobRequestException>().With.Message.Contains(problem).And.Message.Not.Contains("hunter2"));
    }

    [TestCase("AWS_SECRET_ACCESS_KEY", "variables of AWS hold")]
    [TestCase("MISSING", "There is no secret in the environment variable MISSING")]
    [TestCase("CONTROL", "holds control characters")]
    public async Task RunAsync_PasswordCannotBeRead_FailsInADryRunToo(string name, string problem)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(new() { ["AWS_SECRET_ACCESS_KEY"] = "x", ["CONTROL"] = "a\nb" });

        var summary = await harness.RunAsync(
            HttpTriggerHarness.Payload(server.Url, $$"""{"user":"admin","password":"{{name}}"}""", dryRun: true));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain(problem));
        Assert.That(server.Requests, Is.Empty);
    }

    private static async Task<(ReceivedRequest Request, RunRecord Summary)> RunAsync(
        string parameters, Dictionary<string, string?> secrets, Func<Stream, CancellationToken, Task>? script = null)
    {
        await using var server = new MisbehavingServer(script ?? MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(secrets);
        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url, parameters));
        return (server.Requests.Single(), summary);
    }

    private static string Decode(string? header)
    {
        Assert.That(header, Does.StartWith("Basic "));
        return Encoding.UTF8.GetString(Convert.FromBase64String(header!["Basic ".Length..]));
    }
}
