using System.Text.Json;

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

    [TestCase("""{"a":"x"}""", "{}", "a must be a list of alternatives")]
    [TestCase("""{"a":["x"]}""", "[]", "The event must be a JSON object")]
    [TestCase("""{"a":["x"]""", "{}", "--pattern is not JSON")]
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

    private static Task<ProcessResult> RunAsync(string pattern, string @event) =>
        Dispatch.RunAsync(["events", "test", "--pattern", pattern, "--event", @event]);
}
