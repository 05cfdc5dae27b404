using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

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
            Throws.InvalidOperationException.With.Message.EqualTo(string.Join(Environment.NewLine, [
                "Event route EventRoutes:0: unknown setting 'DetailTyp'. Did you mean 'DetailType'? "
                + "Settings: Source, DetailType, Match, Pattern, Job, Parameters.",
                "Event route EventRoutes:0 has no DetailType. Give Source, DetailType and Job, or Pattern and Job; "
                    + "Match and Parameters are optional JSON.",
                "Event route EventRoutes:1: Match must be text; write JSON in one string, such as \"{\\\"status\\\":[\\\"success\\\"]}\".",
                "Event route EventRoutes:1: Parameters is not JSON: {. Write it as one JSON object, such as {\"status\":[\"success\"]}.",
                "Event route EventRoutes:2: detail.status must be a list of alternatives, such as [\"success\"], but is \"success\".",
                "Event route EventRoutes:2: '$.detail..x' is not a path into an event. Write $.detail.name, $.detail.list[0] or $.id.",
                "Event route EventRoutes:3: No job named 'start-tsak' is registered. Did you mean 'start-task'? Registered: start-task.",
                "Event route EventRoutes:4: Unknown parameter 'tsk' of job 'start-task'. Did you mean 'task'? Parameters: task, count, "
                    + "details.",
            ])));
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
            Throws.InvalidOperationException.With.Message.Contains($"Event route EventRoutes:0: {setting} holds half of a surrogate pair"));
    }

    private static JobHarness Create(Dictionary<string, string?> configuration) => new(
        builder => builder
            .AddJob<StartTaskJob, StartTaskParameters>("start-task", StartTaskJsonContext.Default.StartTaskParameters)
            .AddEventRoutes(),
        configuration);
}
