using System.Text.Json;
using Dispatcher.EventBridge.Patterns;

namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>Explains patterns of fields whose names announce a secret: neither the event's nor the pattern's value is shown.</summary>
public sealed class SensitiveFieldTests
{
    [TestCase("password")]
    [TestCase("dbPassword")]
    [TestCase("api-key")]
    [TestCase("apiToken")]
    [TestCase("Authorization")]
    [TestCase("session_id")]
    [TestCase("clientSecret")]
    [TestCase("set-cookie")]
    [TestCase("proxyAuth")]
    [TestCase("clientauth")]
    [TestCase("subscriptionKey")]
    [TestCase("sharedKey")]
    [TestCase("hmacKey")]
    [TestCase("tokens")]
    [TestCase("db password")]
    [TestCase("db/password")]
    public void Explain_SensitiveField_ShowsNoValue(string name)
    {
        foreach (var (pattern, matches) in new[]
        {
            ("[\"hunter2\"]", true), ("[\"HUNTER2\"]", false), ("[{\"prefix\":\"hunter\"}]", true), ("[{\"suffix\":\"hunter\"}]", false),
            ("[{\"anything-but\":\"hunter2\"}]", true), ("[\"a\",\"b\",\"c\",\"hunter\"]", false), ("[\"4711\"]", false),
        })
        {
            var explanation = Explain($$"""{"detail":{"{{name}}":{{pattern}} } }""", $$"""{"detail":{"{{name}}":["hunter2",4711]} }""");
            var reason = string.Join(' ', explanation.Fields.Select(static field => field.Reason));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(explanation.Matches, Is.EqualTo(matches), pattern);
                Assert.That(reason, Does.Contain("***").And.Not.Contains("hunter").IgnoreCase.And.Not.Contains("4711"), pattern);
            }
        }
    }

    [Test]
    public void Explain_FieldInASensitiveOne_ShowsNoValue() =>
        Assert.That(
            Explain("""{"detail":{"credentials":{"user":["b"]}}}""", """{"detail":{"credentials":{"user":"a"}}}""").Fields[0].Reason,
            Is.EqualTo("*** does not match ***."));

    [Test]
    public void Explain_MissingSensitiveField_ShowsNoValueOfThePattern() =>
        Assert.That(
            Explain("""{"detail":{"password":["hunter2"]}}""", """{"detail":{}}""").Fields[0].Reason,
            Is.EqualTo("The event has no such field. The pattern wants ***."));

    [TestCase("key")]
    [TestCase("port")]
    [TestCase("user")]
    [TestCase("keyword")]
    [TestCase("author")]
    [TestCase("passed")]
    public void Explain_OtherField_ShowsItsValue(string name) =>
        Assert.That(
            Explain($$"""{"detail":{"{{name}}":["b"]} }""", $$"""{"detail":{"{{name}}":"a"} }""").Fields[0].Reason,
            Is.EqualTo("\"a\" does not match \"b\"."));

    private static PatternExplanation Explain(string pattern, string @event) =>
        EventPattern.Parse(JsonElement.Parse(pattern), new List<PatternProblem>())!.Explain(JsonElement.Parse(@event));
}
