using System.Text;
using System.Text.Json;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Hosting;

namespace Dispatcher.EventBridge.Tests.Patterns;

public sealed class EventPatternTests
{
    [TestCase("""{}""", """{"status":"success"}""", true)]
    [TestCase("""{"status":["success"]}""", """{"status":"success","more":1}""", true)]
    [TestCase("""{"status":["success"]}""", """{"status":"failed"}""", false)]
    [TestCase("""{"status":["success"]}""", """{"status":"Success"}""", false)]
    [TestCase("""{"status":["success"]}""", """{}""", false)]
    [TestCase("""{"status":["success","partial"]}""", """{"status":"partial"}""", true)]
    [TestCase("""{"status":["success"]}""", """{"status":["other","success"]}""", true)]
    [TestCase("""{"status":["success"],"kind":["full"]}""", """{"status":"success","kind":"delta"}""", false)]
    public void Matches_ExactText_ComparesAsEventBridge(string pattern, string detail, bool expected) => Check(pattern, detail, expected);

    [TestCase("""{"n":[368]}""", """{"n":368}""", true)]
    [TestCase("""{"n":[300]}""", """{"n":300.0}""", false)]
    [TestCase("""{"n":[368]}""", """{"n":"368"}""", false)]
    [TestCase("""{"b":[true]}""", """{"b":true}""", true)]
    [TestCase("""{"b":[true]}""", """{"b":false}""", false)]
    [TestCase("""{"b":[null]}""", """{"b":null}""", true)]
    [TestCase("""{"b":[null]}""", """{}""", false)]
    [TestCase("""{"b":[""]}""", """{"b":""}""", true)]
    public void Matches_OtherExactValues_ComparesAsEventBridge(string pattern, string detail, bool expected) =>
        Check(pattern, detail, expected);

    [TestCase("""{"key":[{"prefix":"uploads/"}]}""", """{"key":"uploads/a.mp4"}""", true)]
    [TestCase("""{"key":[{"prefix":"uploads/"}]}""", """{"key":"Uploads/a.mp4"}""", false)]
    [TestCase("""{"key":[{"prefix":"1"}]}""", """{"key":12}""", false)]
    [TestCase("""{"key":[{"suffix":".mp4"}]}""", """{"key":"uploads/a.mp4"}""", true)]
    [TestCase("""{"key":[{"suffix":".mp4"}]}""", """{"key":"uploads/a.mov"}""", false)]
    [TestCase("""{"key":[{"equals-ignore-case":"README"}]}""", """{"key":"ReadMe"}""", true)]
    [TestCase("""{"key":["a",{"prefix":"b"}]}""", """{"key":"bcd"}""", true)]
    public void Matches_TextOperator_ComparesAsEventBridge(string pattern, string detail, bool expected) =>
        Check(pattern, detail, expected);

    [TestCase("""{"s":[{"anything-but":"failed"}]}""", """{"s":"success"}""", true)]
    [TestCase("""{"s":[{"anything-but":"failed"}]}""", """{"s":"failed"}""", false)]
    [TestCase("""{"s":[{"anything-but":"failed"}]}""", """{}""", false)]
    [TestCase("""{"s":[{"anything-but":["failed","stopped"]}]}""", """{"s":"stopped"}""", false)]
    [TestCase("""{"s":[{"anything-but":["failed","stopped"]}]}""", """{"s":"success"}""", true)]
    [TestCase("""{"s":[{"anything-but":0}]}""", """{"s":0}""", false)]
    [TestCase("""{"s":[{"anything-but":{"prefix":"test-"}}]}""", """{"s":"test-1"}""", false)]
    [TestCase("""{"s":[{"anything-but":{"suffix":".tmp"}}]}""", """{"s":"a.mp4"}""", true)]
    public void Matches_AnythingBut_NeedsAnotherValue(string pattern, string detail, bool expected) => Check(pattern, detail, expected);

    [TestCase("""{"n":[{"numeric":[">",0]}]}""", """{"n":1}""", true)]
    [TestCase("""{"n":[{"numeric":[">",0]}]}""", """{"n":0}""", false)]
    [TestCase("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":5}""", true)]
    [TestCase("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":5.01}""", false)]
    [TestCase("""{"n":[{"numeric":["=",300]}]}""", """{"n":3.0e2}""", true)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":"1"}""", false)]
    [TestCase("""{"n":[{"numeric":["<",0]}]}""", """{"n":-1}""", true)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":0}""", true)]
    [TestCase("""{"n":[{"numeric":[">=",0]}]}""", """{"n":-1e400}""", false)]
    public void Matches_Numeric_ComparesNumbers(string pattern, string detail, bool expected) => Check(pattern, detail, expected);

    [TestCase("""{"e":[{"exists":true}]}""", """{"e":null}""", true)]
    [TestCase("""{"e":[{"exists":true}]}""", """{}""", false)]
    [TestCase("""{"e":[{"exists":false}]}""", """{}""", true)]
    [TestCase("""{"e":[{"exists":false}]}""", """{"e":1}""", false)]
    [TestCase("""{"e":[{"exists":false},"none"]}""", """{"e":"none"}""", true)]
    [TestCase("""{"a":{"e":[{"exists":false}]}}""", """{}""", true)]
    public void Matches_Exists_AsksForTheField(string pattern, string detail, bool expected) => Check(pattern, detail, expected);

    [TestCase("""{"a":{"b":["x"]}}""", """{"a":{"b":"x","c":1}}""", true)]
    [TestCase("""{"a":{"b":["x"]}}""", """{"a":"x"}""", false)]
    [TestCase("""{"a":{"b":["x"],"c":[1]}}""", """{"a":[{"b":"x","c":2},{"b":"x","c":1}]}""", true)]
    [TestCase("""{"a":{"b":["x"],"c":[1]}}""", """{"a":[{"b":"x","c":2},{"b":"y","c":1}]}""", false)]
    public void Matches_NestedFields_ComparesEachObjectAsAWhole(string pattern, string detail, bool expected) =>
        Check(pattern, detail, expected);

    [TestCase("""{"s":["a"]}""", """{"\ud800":1,"s":"a","\ud801":1}""", true)]
    [TestCase("""{"s":["a"]}""", """{"s":"\ud800"}""", false)]
    [TestCase("""{"s":[{"prefix":"a"}]}""", """{"s":"\ud800"}""", false)]
    [TestCase("""{"s":[{"anything-but":"a"}]}""", """{"s":"\ud800"}""", true)]
    public void Matches_NoUnicode_IsPassedOver(string pattern, string detail, bool expected) => Check(pattern, detail, expected);

    [TestCase("""{"status":"success"}""", "detail.status must be a list of alternatives, such as [\"success\"], but is \"success\".")]
    [TestCase("""{"a":{"b":[]}}""", "detail.a.b must be a list of alternatives, such as [\"success\"], but is [].")]
    [TestCase("""{"a":[{"wildcard":"*"}]}""", "detail.a holds {\"wildcard\":\"*\"}, which is not a supported operator.")]
    [TestCase("""{"a":[{"prefix":1}]}""", "detail.a holds {\"prefix\":1}, which is not a supported operator.")]
    [TestCase("""{"a":[{"numeric":[">"]}]}""", "detail.a holds {\"numeric\":[\">\"]}, which is not a supported operator.")]
    [TestCase("""{"a":[{"numeric":["~",1]}]}""", "detail.a holds {\"numeric\":[\"~\",1]}, which is not a supported operator.")]
    [TestCase("""{"a":[{"numeric":[">","1"]}]}""", "detail.a holds {\"numeric\":[\">\",\"1\"]}, which is not a supported operator.")]
    [TestCase(
        """{"a":[{"anything-but":{"prefix":"a","suffix":"b"}}]}""",
        "detail.a holds {\"anything-but\":{\"prefix\":\"a\",\"suffix\":\"b\"}}, which is not a supported operator.")]
    [TestCase("""{"a":[{"prefix":"a","suffix":"b"}]}""", "detail.a must hold one operator per alternative")]
    [TestCase("""{"a":[["b"]]}""", "detail.a holds a list in a list")]
    public void Parse_WrongPattern_NamesTheField(string pattern, string problem)
    {
        var problems = new List<string>();

        EventPattern.Parse(Json(pattern), problems);

        Assert.That(problems, Has.Count.EqualTo(1).And.One.StartsWith(problem));
    }

    private static void Check(string pattern, string detail, bool expected)
    {
        var problems = new List<string>();

        var matches = EventPattern.Parse(Json(pattern), problems).Matches(Json(detail));

        Assert.That(problems, Is.Empty);
        Assert.That(matches, Is.EqualTo(expected), $"{pattern} against {detail}");
    }

    private static JsonElement Json(string text) => JobRequestReader.Parse(Encoding.UTF8.GetBytes(text));
}
