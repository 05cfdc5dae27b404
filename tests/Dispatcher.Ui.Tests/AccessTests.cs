using System.Net;
using Dispatcher.Tool.Terminal;
using Dispatcher.Ui.Pages;
using Dispatcher.Ui.Tests.World;

namespace Dispatcher.Ui.Tests;

/// <summary>Who is let in, and what for.</summary>
internal sealed class AccessTests
{
    private static readonly string[] Paths = ["/", "/runs", "/schedules", "/plans", "/report", "/ui.css", "/ui.js", "/nothing"];

    private UiWorld _world = null!;

    [SetUp]
    public void CreateWorld() => _world = new UiWorld();

    [TearDown]
    public async Task EndWorld() => await _world.DisposeAsync();

    [TestCaseSource(nameof(Paths))]
    public async Task Get_WithoutToken_IsRefusedAndSaysNothing(string path)
    {
        await _world.WriteAsync(SampleRuns.Create());
        await _world.StartAsync(enter: false);

        var text = await _world.GetAsync(path, HttpStatusCode.Unauthorized);

        Assert.That(text, Does.Contain("Open the whole address").And.Not.Contain("daily-uptime").And.Not.Contain("runs.db"));
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Get_WrongToken_IsRefusedWithoutCookie(string token)
    {
        await _world.StartAsync(enter: false);

        using var response = await _world.Client.GetAsync(new Uri($"/?token={token}", UriKind.Relative));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task Get_RightToken_SetsStrictCookieAndLeavesTheAddress()
    {
        await _world.StartAsync(enter: false);

        using var response = await _world.Client.GetAsync(_world.Address);

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(response.Headers.Location!.OriginalString, Is.EqualTo("/"));
        Assert.That(cookie, Does.Contain("samesite=strict").IgnoreCase.And.Contain("httponly").IgnoreCase);
        Assert.That(cookie, Does.Not.Contain(_world.Address.Query["?token=".Length..]), "the address cannot be found from the cookie");
        Assert.That(await _world.GetAsync("/"), Does.Contain("<h1>"));
    }

    [Test]
    public async Task Get_PathOfTwoSlashes_DoesNotLeadAway()
    {
        await _world.StartAsync(enter: false);

        using var response = await _world.Client.GetAsync(
            new Uri($"{_world.Address.GetLeftPart(UriPartial.Authority)}//evil.example{_world.Address.Query}"));

        Assert.That(response.Headers.Location!.OriginalString, Does.StartWith("/").And.Not.StartWith("//"));
    }

    [TestCase("evil.example")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.1:1")]
    [TestCase("localhost.evil.example")]
    public async Task Get_HostOfAnotherName_IsRefusedDespiteCookie(string host)
    {
        await _world.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative)) { Headers = { Host = host } };

        using var response = await _world.Client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MisdirectedRequest));
    }

    [Test]
    public async Task Get_HostIsLocalhost_IsServed()
    {
        await _world.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative))
        {
            Headers = { Host = $"localhost:{_world.Address.Port}" },
        };

        using var response = await _world.Client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Get_AnyAnswer_ForbidsEverythingFromElsewhere([Values] bool enter)
    {
        await _world.StartAsync(enter: enter);
        foreach (var path in Paths)
        {
            using var response = await _world.Client.GetAsync(new Uri(path, UriKind.Relative));

            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.That(policy, Does.StartWith("default-src 'none'").And.Contain("frame-ancestors 'none'")
                .And.Contain("form-action 'self'"));
            Assert.That(policy, Does.Contain("script-src 'self';"));
            Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
            Assert.That(response.Headers.GetValues("Referrer-Policy"), Is.EqualTo(["same-origin"]));
        }
    }

    [TestCase("/apply")]
    [TestCase("/select")]
    [TestCase("/plans")]
    [TestCase("/stop")]
    public async Task Post_WithoutAllowRuns_IsRefusedAndNothingRuns(string path)
    {
        _world.Shelf.Put("one.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        await _world.StartAsync();

        using var response = await _world.PostAsync(path, ("at", plan), ("job", "sweep-shelf"), ("scope", "all"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("--allow-runs"));
        Assert.That(_world.Server.Work.Find("1"), Is.Null);
        Assert.That(_world.Shelf.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Pages_WithoutAllowRuns_HaveNoFormThatChanges()
    {
        _world.Shelf.Put("one.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        await _world.StartAsync();
        foreach (var path in new[] { "/", "/plans", Link.Plan(plan) })
        {
            Assert.That(await _world.GetAsync(path), Does.Contain("Read-only").And.Not.Contain("method=\"post\""));
        }

        Assert.That(await _world.GetAsync(Link.To("/apply", ("at", plan)), HttpStatusCode.BadRequest), Does.Contain("--allow-runs"));
    }

    [TestCase(null)]
    [TestCase("wrong")]
    public async Task Post_WithoutFormToken_IsRefused(string? token)
    {
        await _world.StartAsync(new UiSettings { AllowRuns = true });

        using var response = await _world.PostAsync("/plans", ("job", "sweep-shelf"), ("token", token ?? string.Empty));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(_world.Server.Work.Find("1"), Is.Null);
    }

    [Test]
    public async Task Post_FromAnotherOrigin_IsRefusedDespiteFormToken()
    {
        await _world.StartAsync(new UiSettings { AllowRuns = true });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/plans", UriKind.Relative))
        {
            Headers = { { "Origin", "http://evil.example" } },
            Content = new FormUrlEncodedContent([new("job", "sweep-shelf"), new("token", await _world.ReadFormTokenAsync())]),
        };

        using var response = await _world.Client.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(_world.Server.Work.Find("1"), Is.Null);
    }

    [Test]
    public async Task Put_Anything_IsNotAllowed()
    {
        await _world.StartAsync(new UiSettings { AllowRuns = true });

        using var response = await _world.Client.PutAsync(new Uri("/plans", UriKind.Relative), content: null);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task Start_PortInUse_NamesThePort()
    {
        await _world.StartAsync();
        await using var other = new UiWorld();

        Assert.That(
            () => other.StartAsync(new UiSettings { Port = _world.Address.Port }),
            Throws.TypeOf<CommandFailedException>().With.Message.Contains($"port {_world.Address.Port}").And.Message.Contains("--port"));
    }
}
