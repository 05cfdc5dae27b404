using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dispatcher.EventBridge.Tests;

public sealed class EventRouteTableTests
{
    private const string Event = """{"source":"s","detail-type":"t","detail":{"status":"success","name":"n"}}""";

    [Test]
    public async Task RunAsync_RouteFromConfiguration_StartsTheJob()
    {
        await using var harness = Create(new()
        {
            ["EventRoutes:0:Source"] = "s",
            ["EventRoutes:0:DetailType"] = "t",
            ["EventRoutes:0:Match"] = """{"status":["success"]}""",
            ["EventRoutes:0:Job"] = "start-task",
            ["EventRoutes:0:Parameters"] = """{"task":"$.detail.name"}""",
        });

        var summary = await harness.RunAsync(Event);

        Assert.That(summary.Summary, Does.StartWith("n|"));
    }

    [Test]
    public void Constructor_EverythingWrongWithRoutes_NamesAllOfIt()
    {
        var harness = Create(new()
        {
            ["EventRoutes:0:Source"] = "s",
            ["EventRoutes:0:DetailTyp"] = "t",
            ["EventRoutes:0:Job"] = "start-task",
            ["EventRoutes:1:Source"] = "s",
            ["EventRoutes:1:DetailType"] = "t",
            ["EventRoutes:1:Match:status:0"] = "success",
            ["EventRoutes:1:Job"] = "start-tsak",
            ["EventRoutes:1:Parameters"] = "{",
            ["EventRoutes:2:Source"] = "s",
            ["EventRoutes:2:DetailType"] = "t",
            ["EventRoutes:2:Match"] = """{"status":"success"}""",
            ["EventRoutes:2:Job"] = "start-task",
            ["EventRoutes:2:Parameters"] = """{"tsk":"x","count":"$.detail..x"}""",
            ["EventRoutes:3:Source"] = "s",
            ["EventRoutes:3:DetailType"] = "t",
            ["EventRoutes:3:Job"] = "start-tsak",
            ["EventRoutes:4:Source"] = "s",
            ["EventRoutes:4:DetailType"] = "t",
            ["EventRoutes:4:Job"] = "start-task",
            ["EventRoutes:4:Parameters"] = """{"tsk":"x"}""",
        });

        Assert.That(
            () => harness.Services.GetRequiredService<JobRequestReader>(),
            Throws.TypeOf<OptionsValidationException>().With.Property(nameof(OptionsValidationException.Failures)).EqualTo(new[]
            {
                "EventRoutes:0:DetailTyp: A route has no setting 'DetailTyp'. Did you mean 'DetailType'? "
                    + "Settings: Source, DetailType, Match, Pattern, Job, Parameters.",
                "EventRoutes:0:DetailType: It is missing. Give Source, DetailType and Job, or Pattern and Job; "
                    + "Match and Parameters are optional JSON.",
                "EventRoutes:1:Match: It must be text. Write JSON in one string, such as \"{\\\"status\\\":[\\\"success\\\"]}\".",
                "EventRoutes:1:Parameters: It is not JSON: {. Write it as one JSON object, such as {\"status\":[\"success\"]}.",
                "EventRoutes:1:Job: No job named 'start-tsak' is registered. Did you mean 'start-task'? Registered: start-task.",
                "EventRoutes:2:Match: detail.status must be a list of alternatives, such as [\"success\"], but is \"success\".",
                "EventRoutes:2:Parameters: '$.detail..x' is not a path into an event. Write $.detail.name, $.detail.list[0] or $.id.",
                "EventRoutes:2:Parameters: Unknown parameter 'tsk' of job 'start-task'. Did you mean 'task'? Parameters: task, count, "
                    + "details.",
                "EventRoutes:3:Job: No job named 'start-tsak' is registered. Did you mean 'start-task'? Registered: start-task.",
                "EventRoutes:4:Parameters: Unknown parameter 'tsk' of job 'start-task'. Did you mean 'task'? Parameters: task, count, "
                    + "details.",
            }));
    }

    [TestCase("EventRoutes:Job", "EventRoutes:Job: It is 'x', but belongs to no route. Write EventRoutes:0:Job.")]
    [TestCase("EventRoutes:Sorce", "EventRoutes:Sorce: It is 'x', but belongs to no route. Write EventRoutes:0:Source.")]
    [TestCase("EventRoutes:0", "EventRoutes:0: It is 'x', but belongs to no route.")]
    [TestCase("EventRoutes", "EventRoutes: It is x, but a route consists of settings. Write EventRoutes:0:Source,")]
    public void Constructor_SettingOutsideARoute_SaysWhereItBelongs(string key, string problem)
    {
        var harness = Create(new() { [key] = "x" });

        Assert.That(
            () => harness.Services.GetRequiredService<JobRequestReader>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith(problem));
    }

    [TestCase("Match", """{"\ud800":["x"]}""")]
    [TestCase("Match", """{"status":["\ud800"]}""")]
    [TestCase("Parameters", """{"task":"\ud800"}""")]
    [TestCase("Parameters", """{"task":"x","details":{"\ud800":1}}""")]
    public void Constructor_RouteThatIsNoUnicode_SaysSo(string setting, string json)
    {
        var harness = Create(new()
        {
            ["EventRoutes:0:Source"] = "s",
            ["EventRoutes:0:DetailType"] = "t",
            ["EventRoutes:0:Job"] = "start-task",
            [$"EventRoutes:0:{setting}"] = json,
        });

        Assert.That(
            () => harness.Services.GetRequiredService<JobRequestReader>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains(
                $"EventRoutes:0:{setting}: It holds half of a surrogate pair"));
    }

    [Test]
    public async Task RunAsync_PatternFromConfiguration_MatchesTheWholeEvent()
    {
        await using var harness = Create(new()
        {
            ["EventRoutes:0:Pattern"] = """{"source":[{"prefix":"s"}],"region":["eu-central-1"],"detail.status":["success"]}""",
            ["EventRoutes:0:Job"] = "start-task",
            ["EventRoutes:0:Parameters"] = """{"task":"$.detail.name"}""",
        });

        var summary = await harness.RunAsync(
            """{"source":"s2","detail-type":"t","region":"eu-central-1","detail":{"status":"success","name":"n"}}""");

        Assert.That(summary.Summary, Does.StartWith("n|"));
        Assert.That(
            () => harness.RunAsync("""{"source":"s2","detail-type":"t","region":"us-east-1","detail":{"status":"success","name":"n"}}"""),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("No route matches the event 't' of 's2'"));
    }

    [TestCase("Source", "s", "Pattern matches the whole event, so that Source must not be given as well. Write it into Pattern.")]
    [TestCase("DetailType", "t", "so that DetailType must not be given as well")]
    [TestCase("Match", """{"a":["b"]}""", "so that Match must not be given as well")]
    public void Constructor_PatternWithAnotherSetting_SaysSo(string setting, string value, string problem) =>
        AssertRefused("""{"source":["s"]}""", problem, setting, value);

    [TestCase("[]", "It must be a JSON object, but is [].")]
    [TestCase("{", "It is not JSON: {.")]
    [TestCase("""{"source":"s"}""", "source must be a list of alternatives")]
    [TestCase("{}", "empty")]
    public void Constructor_WrongPattern_SaysWhatIsWrong(string pattern, string problem) => AssertRefused(pattern, problem);

    [Test]
    public async Task MapEventPattern_EventThatMatches_StartsTheJobWithItsIdAndTime()
    {
        await using var harness = Create([], static builder => builder
            .MapEventPattern("""{"source":["s","s2"],"detail":{"status":[{"anything-but":"failed"}]}}""", "start-task", """{"task":"$.id"}"""));

        var summary = await harness.RunAsync(
            """{"id":"e-1","time":"2026-11-22T03:00:00Z","source":"s2","detail-type":"t","detail":{"status":"success"}}""");

        Assert.That(summary.Summary, Is.EqualTo("e-1|||e-1|2026-11-22T03:00:00.0000000+00:00|False"));
    }

    [Test]
    public void MapEventPattern_WrongPatternOrJob_IsRefusedAtStartup()
    {
        var harness = Create([], static builder => builder.MapEventPattern("""{"source":[]}""", "start-tsak"));

        Assert.That(
            () => harness.Services.GetRequiredService<JobRequestReader>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Event route MapEventPattern(…, \"start-tsak\")"));
        Assert.That(() => Create([], static builder => builder.MapEventPattern(" ", "start-task")), Throws.ArgumentException);
    }

    [Test]
    public async Task MapEventPattern_TwoRoutesMatch_NamesBoth()
    {
        await using var harness = Create([], static builder => builder
            .MapEventPattern("""{"source":["s"]}""", "start-task").MapEvent("s", "t", null, "start-task"));

        Assert.That(
            () => harness.RunAsync(Event),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("2 routes match the event 't' of 's': events that match "));
    }

    [Test]
    public async Task Explain_Event_HasAReasonForEachRoute()
    {
        await using var harness = Create([], static builder => builder
            .MapEventPattern("""{"source":["s"]}""", "start-task").MapEvent("s", "t", """{"status":["failed"]}""", "start-task"));
        var routes = harness.Services.GetRequiredService<IEventRoutes>();

        var explained = routes.Explain(JsonElement.Parse(Event));

        Assert.That(routes.Count, Is.EqualTo(2));
        Assert.That(explained.Select(static route => route.Pattern.Matches), Is.EqualTo(new[] { true, false }));
        Assert.That(explained[1].Route, Is.EqualTo("""'t' of 's' where detail matches {"status":["failed"]} -> start-task"""));
        Assert.That(
            explained[1].Pattern.Fields.Single(static field => !field.Matches).Reason,
            Does.Contain("\"success\" does not match \"failed\""));
        Assert.That(routes.Explain(JsonElement.Parse("""{"job":"start-task"}""")), Is.Empty);
        Assert.That(routes.Explain(JsonElement.Parse("""{"source":1,"detail-type":"t","detail":{}}""")), Is.Empty);
    }

    private static void AssertRefused(string pattern, string problem, string? setting = null, string? value = null)
    {
        var settings = new Dictionary<string, string?> { ["EventRoutes:0:Pattern"] = pattern, ["EventRoutes:0:Job"] = "start-task" };
        if (setting is not null)
        {
            settings[$"EventRoutes:0:{setting}"] = value;
        }

        var harness = Create(settings);

        Assert.That(
            () => harness.Services.GetRequiredService<JobRequestReader>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains(problem).And.Message.StartsWith("EventRoutes:0:"));
    }

    private static JobHarness Create(Dictionary<string, string?> configuration, Action<IDispatcherBuilder>? configure = null) => new(
        builder =>
        {
            builder
                .AddJob<StartTaskJob, StartTaskParameters>("start-task", StartTaskJsonContext.Default.StartTaskParameters)
                .AddEventRoutes();
            configure?.Invoke(builder);
        },
        configuration);
}
