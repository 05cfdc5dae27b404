using Dispatcher.Hosting;
using Dispatcher.Http;
using Dispatcher.Jobs.Http.Tests.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests;

public sealed class HttpTriggerParametersTests
{
    [Test]
    public async Task RunAsync_ManyBadParameters_TellsAllAtOnce()
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That(
            () => harness.RunAsync("""
                {"job":"http-trigger","parameters":{"url":"http://example.com/","method":"post","timeoutSeconds":0,"expectedStatus":[],
                 "headers":{"Authorization":"x","Host":"y","a b":"c","X-Line":"one\ntwo"},"secretScheme":"a b","timeout":5}}
                """),
            Throws.TypeOf<JobRequestException>().With.Property("Problems").EqualTo(new[]
            {
                "Parameter 'url' is \"http://example.com/\": it must use https, or the secret would travel in the clear; "
                + "http is for this machine only (localhost, 127.0.0.1, [::1]).",
                "Parameter 'method' is \"post\": it must be one of GET, HEAD, POST, PUT, PATCH, DELETE.",
                "Parameter 'timeoutSeconds' is 0: it must be from 1 to 900.",
                "Parameter 'expectedStatus' is []: it must be a list of statuses from 200 to 599, such as [200, 202].",
                "Parameter 'headers' is not shown here, because it may hold a secret: "
                + "the header 'Authorization' holds a secret, and a payload must not. Use user and password, or secretHeader and secret. "
                + "the header 'Host' is set by the job itself. 'a b' is not a header's name. "
                + "the value of header 'X-Line' must be printable ASCII in one line.",
                "Parameter 'secretScheme' is not shown here, because it may hold a secret: it must be one word, such as Bearer.",
                "Unknown parameter 'timeout' of job 'http-trigger'. Parameters: url, endpoint, method, headers, body, timeoutSeconds, "
                + "expectedStatus, expectedText, expectedJson, retry, user, password, awsService, awsRegion, secretHeader, secretScheme, "
                + "secret.",
            }));
    }

    [TestCase("""{}""", "Parameter 'url' is missing.")]
    [TestCase("""{"url":"https://example.com/","endpoint":"a"}""", "Parameters 'url' and 'endpoint' exclude each other.")]
    [TestCase("""{"url":"https://example.com/","secret":"KEY"}""", "Parameters 'secret' and 'secretHeader' go together.")]
    [TestCase("""{"url":"https://example.com/","secretHeader":"X-Key"}""", "Parameters 'secret' and 'secretHeader' go together.")]
    [TestCase(
        """{"url":"https://example.com/","secretHeader":"X Key","secret":"KEY"}""",
        "Parameter 'secretHeader': 'X Key' is not a header's name.")]
    public async Task RunAsync_ParametersThatDoNotGoTogether_SaysSo(string parameters, string problem)
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That(
            () => harness.RunAsync($$"""{"job":"http-trigger","parameters":{{parameters}}}"""),
            Throws.TypeOf<JobRequestException>().With.Message.StartsWith(problem));
    }

    [TestCase("ftp://example.com/", "it must be an absolute URL")]
    [TestCase("/api/run", "it must be an absolute URL")]
    [TestCase("http://localhost.example.com/", "it must use https")]
    [TestCase("http://127.0.0.1.example.com/", "it must use https")]
    [TestCase("http://169.254.169.254/latest/", "169.254.169.254 is a link-local address")]
    [TestCase("https://2852039166/latest/", "169.254.169.254 is a link-local address")]
    [TestCase("https://0xA9FEA9FE/latest/", "169.254.169.254 is a link-local address")]
    [TestCase("https://0251.0376.0251.0376/latest/", "169.254.169.254 is a link-local address")]
    [TestCase("https://169.254.43518/latest/", "169.254.169.254 is a link-local address")]
    [TestCase("https://[::ffff:169.254.169.254]/latest/", "is a link-local address")]
    [TestCase("https://[fd00:ec2::254]/latest/", "is an address of the metadata services")]
    [TestCase("https://[fe80::1]/", "is a link-local address")]
    [TestCase("https://0.0.0.0/", "is not the address of a host")]
    [TestCase("https://user:pass@example.com/", "it must not hold a user name or password")]
    [TestCase("https:/user:hunter2@example.com/", "it must")]
    [TestCase("https://user/.hunter2@example.com/", "it must not hold a user name or password")]
    [TestCase("https://hunter2/@example.com/", "it must not hold a user name or password")]
    [TestCase("https://user/hunter2/@example.com/", "write an '@' that belongs to the path as %40")]
    [TestCase(@"https:\\example.com\hunter2", "must be a URL")]
    [TestCase("user:hunter2@example.com", "it must be an absolute URL")]
    [TestCase("example.com/?key=hunter2", "it must be an absolute URL")]
    public async Task RunAsync_UnsafeUrl_IsRefused(string url, string problem)
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That(
            () => harness.RunAsync(HttpTriggerHarness.Payload(url)),
            Throws.TypeOf<JobRequestException>().With.Message.Contains(problem).And.Message.Not.Contains("hunter2"));
    }

    [TestCase("https://example.com/%40name/feed")]
    [TestCase("https://example.com:8443/a%40b/?to=a@b")]
    [TestCase("https://bücher.example/x")]
    public async Task RunAsync_UnusualUrl_IsAccepted(string url)
    {
        await using var harness = HttpTriggerHarness.Create();

        Assert.That((await harness.RunAsync(HttpTriggerHarness.Payload(url, dryRun: true))).Status, Is.EqualTo(JobStatus.Planned));
    }

    [Test]
    public async Task RunAsync_UnknownEndpoint_ListsTheConfiguredOnes()
    {
        await using var harness = HttpTriggerHarness.Create(new() { ["HttpEndpoints:daily-uptime:Url"] = "https://example.com/" });

        var summary = await harness.RunAsync("""{"job":"http-trigger","parameters":{"endpoint":"daily-uptme"}}""");

        Assert.That(
            summary.Summary,
            Is.EqualTo("No endpoint named 'daily-uptme' is configured. Configured: daily-uptime. "
                       + "Set HttpEndpoints__daily_uptme__Url, or give 'url'."));
    }

    [Test]
    public async Task RunAsync_WrongEndpoint_TellsAllOfIt()
    {
        await using var harness = HttpTriggerHarness.Create(new()
        {
            ["HttpEndpoints:e:Url"] = "http://example.com/",
            ["HttpEndpoints:e:Method"] = "FETCH",
            ["HttpEndpoints:e:TimeoutSeconds"] = "1000",
            ["HttpEndpoints:e:SecretHeader"] = "X-Key",
        });

        var summary = await harness.RunAsync("""{"job":"http-trigger","parameters":{"endpoint":"e"}}""");

        Assert.That(
            summary.Summary, Does.StartWith("The endpoint HttpEndpoints:e is not complete. Url is http://example.com/: it must use https"));
        Assert.That(summary.Summary, Does.Contain("Method is 'FETCH'").And.Contains("TimeoutSeconds is 1000").And.Contains("go together"));
    }

    [TestCase("HttpEndpoints:e:Urll", "https://example.com/", "Urll")]
    [TestCase("HttpEndpoints:e:TimeoutSeconds", "soon", "TimeoutSeconds")]
    public async Task RunAsync_EndpointThatCannotBeRead_NamesTheSetting(string key, string value, string named)
    {
        await using var harness = HttpTriggerHarness.Create(new() { ["HttpEndpoints:e:Url"] = "https://example.com/", [key] = value });

        var summary = await harness.RunAsync("""{"job":"http-trigger","parameters":{"endpoint":"e"}}""");

        Assert.That(summary.Summary, Does.StartWith("The endpoint HttpEndpoints:e cannot be read: ").And.Contains(named));
    }

    [Test]
    public async Task RunAsync_HostThatIsNotAllowed_IsRefusedBeforeAnySecretIsRead()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(new() { ["HttpTrigger:AllowedHosts:0"] = "api.example.com" });

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Summary, Does.StartWith("The host 127.0.0.1 is not allowed. Allowed: api.example.com."));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task GetService_BeforeTheFirstRun_HasMadeNoClient()
    {
        var made = 0;
        await using var harness = HttpTriggerHarness.Create(configure: builder => builder.Services.AddKeyedSingleton(
            GuardedHttpClient.Key,
            (_, _) =>
            {
                made++;
                return new HttpClient();
            }));

        harness.Services.GetRequiredService<JobRequestReader>();

        Assert.That(made, Is.Zero);
    }
}
