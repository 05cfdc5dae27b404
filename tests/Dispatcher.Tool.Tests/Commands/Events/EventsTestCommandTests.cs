using System.Text.Json;
using Dispatcher.Tool.Tests.Foreign;

namespace Dispatcher.Tool.Tests.Commands.Events;

/// <summary>The command <c>events test</c>.</summary>
public sealed class EventsTestCommandTests
{
    private const string Event = """{"source":"shop","detail-type":"Order","detail":{"status":"Success","n":300.0}}""";

    [Test]
    public async Task Test_EventThatMatches_NamesTheAlternative()
    {
        var result = await RunAsync("""{"source":["other",{"prefix":"sh"}]}""", Event);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.StartWith("The event matches.").And.Contains("yes source: \"shop\" matches {\"prefix\":\"sh\"}."));
    }

    [TestCase("""{"detail":{"status":["success"]}}""", "They differ in case only: use equals-ignore-case.")]
    [TestCase("""{"detail":{"n":[300]}}""", "use {\"numeric\":[\"=\",300]}.")]
    [TestCase("""{"status":["Success"]}""", "The event has no such field. It has 'detail.status'.")]
    public async Task Test_EventThatDoesNotMatch_SaysWhy(string pattern, string reason)
    {
        var result = await RunAsync(pattern, Event);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.StartWith("The event does not match.").And.Contains(reason));
    }

    [TestCase("""{"detail":{"password":["other"]}}""")]
    [TestCase("""{"detail":{"password":["hunter2"]}}""")]
    [TestCase("""{"detail":{"password":[{"prefix":"hunter"}]}}""")]
    public async Task Test_SecretInTheEvent_IsNotShown(string pattern)
    {
        var result = await RunAsync(pattern, """{"source":"shop","detail":{"password":"hunter2"}}""");

        Assert.That(result.Output, Does.Contain("***").And.Not.Contain("hunter2"));
    }

    [TestCase("""{"a":"x"}""", "{}", "a must be a list of alternatives")]
    [TestCase("""{"a":["x"]}""", "[]", "The event must be a JSON object")]
    [TestCase("""{"a":["x"]""", "{}", "--pattern is not JSON: it ends at line 1, column 11, before its value is complete. Give JSON")]
    [TestCase("{\n\"a\":x}", "{}", "--pattern is not JSON: unexpected 'x' at line 2, column 5.")]
    [TestCase("""{"a":["\ud800"]}""", "{}", "--pattern has text that is not Unicode")]
    [TestCase("""{"a":["x"]}""", """{"a":"\ud800"}""", "--event has text that is not Unicode")]
    [TestCase("@missing.json", "{}", "does not exist")]
    public async Task Test_InvalidInput_IsRefused(string pattern, string @event, string problem)
    {
        var result = await RunAsync(pattern, @event);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(problem));
    }

    [Test]
    public async Task Test_Json_WritesAnObject()
    {
        var result = await Dispatch.RunAsync(
            ["events", "test", "--pattern", """{"source":["shop"]}""", "--event", "-", "--json"], Event);

        Assert.That(JsonElement.Parse(result.Output).GetProperty("matches").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Test_Routes_ExplainsEachAndNamesTheJob()
    {
        var result = await RunWithRoutesAsync(Event);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.StartWith("Routes:"));
        Assert.That(
            result.Output.ReplaceLineEndings("\n"), Does.EndWith("""
                  no  'Order' of 'shop' where detail matches {"status":["failed"]} -> daily-uptime
                      no  detail.status: "Success" does not match "failed".
                  yes events that match {"source":[{"prefix":"sh"}]} -> daily-uptime
                      yes source: "shop" matches {"prefix":"sh"}.
                The event starts the job daily-uptime.

                """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task Test_NoRouteMatches_IsExitCode1()
    {
        var result = await RunWithRoutesAsync("""{"source":"other","detail-type":"Order","detail":{}}""");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain("No route matches the event 'Order' of 'other'").And.Not.Contain("  yes "));
    }

    [Test]
    public async Task Test_RoutesAsJson_HaveTheirFields()
    {
        var result = JsonElement.Parse((await RunWithRoutesAsync(Event, "--json")).Output);

        Assert.That(result.GetProperty("matches").GetBoolean(), Is.True);
        Assert.That(result.GetProperty("job").GetString(), Is.EqualTo("daily-uptime"));
        var routes = result.GetProperty("routes").EnumerateArray().TakeLast(2).ToList();
        Assert.That(routes.Select(static route => route.GetProperty("matches").GetBoolean()), Is.EqualTo(new[] { false, true }));
        Assert.That(
            routes[0].GetProperty("fields").EnumerateArray().Last().GetProperty("reason").GetString(),
            Does.Contain("does not match"));
    }

    [Test]
    public async Task Test_NeitherPatternNorRoutes_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var result = await AcmeJobs.RunAsync(folder.Path, "events", "test", "--event", Event);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("The jobs have no routes for events. Give --pattern, or add routes"));
    }

    [Test]
    public async Task Test_WrongRoutes_ReportsAllOfThemAsSettings()
    {
        var result = await Dispatch.RunAsync(
            ["events", "test", "--event", Event],
            environment: new Dictionary<string, string>
            {
                ["EventRoutes__0__Source"] = "shop",
                ["EventRoutes__0__DetailType"] = "Order",
                ["EventRoutes__0__Job"] = "daily-uptme",
                ["EventRoutes__1__Pattern"] = """{"source":"shop"}""",
                ["EventRoutes__Job"] = "daily-uptime",
            });

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(
            result.Error,
            Does.Contain("Invalid setting: EventRoutes:0:Job: No job named 'daily-uptme' is registered. Did you mean 'daily-uptime'?")
                .And.Contains("Invalid setting: EventRoutes:1:Job: It is missing.")
                .And.Contains("Invalid setting: EventRoutes:1:Pattern: source must be a list of alternatives")
                .And.Contains("Invalid setting: EventRoutes:Job: It is 'daily-uptime', but belongs to no route.")
                .And.Not.Contains("Unexpected"));
    }

    [TestCase("")]
    [TestCase("--json")]
    public async Task Test_SensitiveField_ShowsNoValue(string option)
    {
        var result = await Dispatch.RunAsync(
        [
            "events", "test", "--pattern", """{"detail":{"apiToken":["swordfish"]}}""", "--event",
            """{"source":"shop","detail-type":"Order","detail":{"apiToken":"hunter2"}}""",
            .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ]);

        Assert.That(result.Output, Does.Contain("detail.apiToken").And.Not.Contains("hunter2").And.Not.Contains("swordfish"));
    }

    private static Task<ProcessResult> RunWithRoutesAsync(string @event, params string[] more) => Dispatch.RunAsync(
        ["events", "test", "--event", @event, .. more],
        environment: new Dictionary<string, string>
        {
            ["EventRoutes__0__Source"] = "shop",
            ["EventRoutes__0__DetailType"] = "Order",
            ["EventRoutes__0__Match"] = """{"status":["failed"]}""",
            ["EventRoutes__0__Job"] = "daily-uptime",
            ["EventRoutes__1__Pattern"] = """{"source":[{"prefix":"sh"}]}""",
            ["EventRoutes__1__Job"] = "daily-uptime",
        });

    private static Task<ProcessResult> RunAsync(string pattern, string @event) =>
        Dispatch.RunAsync(["events", "test", "--pattern", pattern, "--event", @event]);
}
