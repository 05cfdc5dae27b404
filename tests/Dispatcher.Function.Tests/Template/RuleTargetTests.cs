using System.Text.Json.Nodes;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Holds the stand-in of EventBridge to the examples of its documentation.</summary>
public sealed class RuleTargetTests
{
    private static readonly Dictionary<string, JsonNode?> Values = new()
    {
        ["instance"] = "i-0123456789",
        ["count"] = 3,
        ["detail"] = new JsonObject { ["state"] = "RUNNING" },
        ["missing"] = null,
    };

    [TestCase("""{"instance":<instance>,"count":<count>}""", """{"instance":"i-0123456789","count":3}""")]
    [TestCase("""{"text":"Instance <instance> is one of <count>"}""", """{"text":"Instance i-0123456789 is one of 3"}""")]
    [TestCase("\"Instance <instance> stopped.\"", "\"Instance i-0123456789 stopped.\"")]
    [TestCase(
        """{"detail":<detail>,"other":<missing>,"left":"<unknown>"}""",
        """{"detail":{"state":"RUNNING"},"other":null,"left":"<unknown>"}""")]
    [TestCase("""{"text":"a \"<instance>\" b","next":<instance>}""", """{"text":"a \"i-0123456789\" b","next":"i-0123456789"}""")]
    public void FillIn_ATemplate_QuotesAsEventBridgeDoes(string template, string expected) =>
        Assert.That(RuleTarget.FillIn(template, Values), Is.EqualTo(expected));
}
