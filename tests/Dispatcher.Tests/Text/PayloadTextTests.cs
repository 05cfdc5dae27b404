using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;

namespace Dispatcher.Tests.Text;

public sealed class PayloadTextTests
{
    [TestCase("{}", "an object")]
    [TestCase("[]", "an array")]
    [TestCase("\"x\"", "a string")]
    [TestCase("1", "a number")]
    [TestCase("true", "true or false")]
    [TestCase("null", "null")]
    public void Kind_AnyValue_IsWorded(string json, string expected) => Assert.That(PayloadText.Kind(Parse(json)), Is.EqualTo(expected));

    [Test]
    public void Kind_Missing_SaysSo() => Assert.That(PayloadText.Kind(default), Is.EqualTo("missing"));

    [TestCase("""["a",{"b":["c"]},1,null]""", true)]
    [TestCase("""["a",["\ud800"]]""", false)]
    [TestCase("""{"a":{"\ud800":1}}""", false)]
    public void IsUnicode_AnyDepth_IsExamined(string json, bool expected) =>
        Assert.That(PayloadText.IsUnicode(Parse(json)), Is.EqualTo(expected));

    [Test]
    public void Value_Missing_SaysSo() => Assert.That(PayloadText.Value(default), Is.EqualTo("missing"));

    [TestCase("https://user:pa@ss@example.com/path", "***")]
    [TestCase("https:\\/\\/user:pass@example.com\\/path", "***")]
    [TestCase("https://example.com/path?token=x&y=1", "https://example.com/path?token=***&y=***")]
    [TestCase("https://example.com/path", "https://example.com/path")]
    [TestCase("host=db password=x", "***")]
    [TestCase("user@example.com?", "user@example.com?")]
    [TestCase("a\\nb", "a\\nb")]
    public void Value_Text_ShowsOnlyWhatIsHarmless(string text, string expected) =>
        Assert.That(PayloadText.Value(Parse($"\"{text}\"")), Is.EqualTo($"\"{expected}\""));

    [TestCase("""{"apiKey":"abc"}""", "an object that may hold a secret and is not shown")]
    [TestCase("""["postgres://a:b@c/d"]""", "an array that may hold a secret and is not shown")]
    [TestCase("""{"points":1}""", """{"points":1}""")]
    [TestCase("""{"deep":{"list":[{"password":"abc"}]}}""", "an object that may hold a secret and is not shown")]
    [TestCase("""{"api\u004Bey":"abc"}""", "an object that may hold a secret and is not shown")]
    [TestCase("""{"x":["\u0070ostgres://a:b@c/d"]}""", "an object that may hold a secret and is not shown")]
    [TestCase("""{"a":1,"api\u004Bey":"abc","b":"c"}""", "an object that may hold a secret and is not shown")]
    [TestCase("""["\ud800"]""", "an array that may hold a secret and is not shown")]
    [TestCase("""{"shared\u004Bey":"abc"}""", "an object that may hold a secret and is not shown")]
    [TestCase("""{"\u006Bey":1234}""", "an object that may hold a secret and is not shown")]
    [TestCase("""["a",1,true,null]""", """["a",1,true,null]""")]
    [TestCase("""["backup","--token","abc"]""", "an array that may hold a secret and is not shown")]
    [TestCase("""[{"name":"API_TOKEN","value":"abc"}]""", "an array that may hold a secret and is not shown")]
    [TestCase("""["backup","--keep","7"]""", """["backup","--keep","7"]""")]
    public void Value_Container_ShowsOnlyWhatIsHarmless(string json, string expected) =>
        Assert.That(PayloadText.Value(Parse(json)), Is.EqualTo(expected));

    [TestCase("password", "\"abc\"", "***")]
    [TestCase("detail.password", "\"abc\"", "***")]
    [TestCase("detail.password", "1234", "***")]
    [TestCase("detail.password", "null", "null")]
    [TestCase("detail.passwords", "[\"abc\"]", "***")]
    [TestCase("detail.status", "\"abc\"", "\"abc\"")]
    public void Member_Field_IsMaskedByItsName(string name, string json, string expected) =>
        Assert.That(PayloadText.Member(name, Parse(json)), Is.EqualTo(expected));

    [TestCase("password", "\"abc\"", "***")]
    [TestCase("command", """["a","--token","abc"]""", "***")]
    [TestCase("environment", """{"TOKEN":"abc"}""", "***")]
    [TestCase("names", """["a"]""", """["a"]""")]
    [TestCase("name", "\"a\"", "a")]
    public void Plain_Field_IsMaskedByNameAndValue(string name, string json, string expected) =>
        Assert.That(PayloadText.Plain(name, Parse(json)), Is.EqualTo(expected));

    [Test]
    public void Value_Long_IsTruncated() =>
        Assert.That(PayloadText.Value(Parse($"\"{new string('a', 5000)}\"")), Has.Length.EqualTo(83).And.EndsWith("…\""));

    [TestCase("b", "2")]
    [TestCase("missing", null)]
    public void TryGetProperty_NamesWithHalfPairs_FindsTheOneAskedFor(string name, string? expected)
    {
        var found = PayloadText.TryGetProperty(Parse("""{"\ud800":1,"b":2,"\udc00":3}"""), name, out var value);

        Assert.That((found, found ? value.GetRawText() : null), Is.EqualTo((expected is not null, expected)));
    }

    [TestCase("records", true)]
    [TestCase("RECORDS", true)]
    [TestCase("record", false)]
    public void TryGetPropertyIgnoringCase_Name_IsFoundInAnyCase(string name, bool expected) =>
        Assert.That(PayloadText.TryGetPropertyIgnoringCase(Parse("""{"Records":1}"""), name, out _), Is.EqualTo(expected));

    [TestCase("""{"a":1,"b":{"c":1,"c":2}}""", "c")]
    [TestCase("""[{"a":1},{"a":1,"a":2}]""", "a")]
    [TestCase("""{"a":{"b":1},"c":{"b":1}}""", null)]
    [TestCase("""{"\ud800":{"a":1,"a":1}}""", "a")]
    [TestCase("""{"\ud800":1,"\ud800":2}""", null)]
    public void FindDuplicate_AnyDepth_FindsTheName(string json, string? expected) =>
        Assert.That(PayloadText.FindDuplicate(Parse(json)), Is.EqualTo(expected));

    [Test]
    public void Text_UnpairedSurrogate_IsNull() => Assert.That(PayloadText.Text(Parse("""  "\ud800"  """)), Is.Null);

    [Test]
    public void Text_NotAString_IsNull() => Assert.That(PayloadText.Text(Parse("5")), Is.Null);

    [Test]
    public void Name_UnpairedSurrogate_IsAStandIn() =>
        Assert.That(PayloadText.Name(Parse("""{"\ud800":1}""").EnumerateObject().Single()), Is.EqualTo("\uFFFD"));

    [Test]
    public void ToElement_NoNode_IsNull() => Assert.That(PayloadText.ToElement(null).ValueKind, Is.EqualTo(JsonValueKind.Null));

    [Test]
    public void ToElement_Node_HasTheSameText() =>
        Assert.That(PayloadText.ToElement(JsonNode.Parse("""{"a":[1,"ü"]}""")).GetProperty("a")[1].GetString(), Is.EqualTo("ü"));

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}
