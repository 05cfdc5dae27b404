using System.Text.Json.Nodes;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Tests.Triggers;

public sealed class PatternSamplesTests
{
    [TestCase("""{}""", "{}")]
    [TestCase("""{"source":["a"],"detail":{"status":["x"]}}""", """{"source":"a","detail":{"status":"x"}}""")]
    [TestCase(
        """{"source":["a","b"],"detail-type":["x","y"]}""",
        """{"source":"a","detail-type":"x"} {"source":"a","detail-type":"y"} {"source":"b","detail-type":"x"} {"source":"b","detail-type":"y"}""")]
    [TestCase("""{"n":[{"numeric":[">",0,"<=",5]}]}""", """{"n":1}""")]
    [TestCase("""{"n":[{"numeric":[">",0,"<",1]}]}""", """{"n":0.5}""")]
    [TestCase("""{"n":[{"numeric":["=",3]}]}""", """{"n":3}""")]
    [TestCase("""{"n":[{"numeric":["<",-2]}]}""", """{"n":-3}""")]
    [TestCase("""{"k":[{"prefix":"up/"}]}""", """{"k":"up/example"}""")]
    [TestCase("""{"k":[{"suffix":".mp4"}]}""", """{"k":"example.mp4"}""")]
    [TestCase("""{"k":[{"wildcard":"a*b"}]}""", """{"k":"aexampleb"}""")]
    [TestCase("""{"k":[{"equals-ignore-case":"README"}]}""", """{"k":"README"}""")]
    [TestCase("""{"k":[{"anything-but":"failed"}]}""", """{"k":"example"}""")]
    [TestCase("""{"k":[{"wildcard":"a\\*b\\\\*"}]}""", """{"k":"a*b\\example"}""")]
    [TestCase("""{"k":[{"anything-but":"example"}]}""", """{"k":"other"}""")]
    [TestCase("""{"k":[{"anything-but":["example","other"]}]}""", """{"k":"1"}""")]
    [TestCase("""{"k":[{"anything-but":{"prefix":"e"}}]}""", """{"k":"other"}""")]
    [TestCase("""{"k":[{"anything-but":{"wildcard":"*e*"}}]}""", """{"k":"1"}""")]
    [TestCase("""{"k":[{"anything-but":{"equals-ignore-case":["EXAMPLE","OTHER"]}}]}""", """{"k":"1"}""")]
    [TestCase("""{"detail.user.name":["x"],"detail":{"n":[1]}}""", """{"detail":{"user":{"name":"x"},"n":1}}""")]
    [TestCase("""{"detail":{"a.b":[{"prefix":"p"}],"a.c":["y"]}}""", """{"detail":{"a":{"b":"pexample","c":"y"}}}""")]
    [TestCase("""{"a":["1","2"],"$or":[{"a":["1"]},{"b":["3"]}]}""", """{"a":"1"} {"a":"1","b":"3"} {"a":"1"} {"a":"2","b":"3"}""")]
    [TestCase("""{"k":[{"cidr":"10.0.0.0/24"}]}""", """{"k":"10.0.0.0"}""")]
    [TestCase("""{"k":[{"exists":true}]}""", """{"k":"example"}""")]
    [TestCase("""{"k":[{"exists":false}],"l":[null]}""", """{"l":null}""")]
    [TestCase("""{"$or":[{"a":["1"]},{"b":["2"]}],"c":[3]}""", """{"a":"1","c":3} {"b":"2","c":3}""")]
    [TestCase("""{"detail":{"$or":[{"a":["1"]},{"b":["2"]}]}}""", """{"detail":{"a":"1"}} {"detail":{"b":"2"}}""")]
    public void Of_Pattern_MakesWhatItMatches(string pattern, string expected) => Assert.That(
        string.Join(' ', PatternSamples.For(JsonNode.Parse(pattern)!.AsObject()).Select(sample => sample.ToJsonString())),
        Is.EqualTo(expected));

    [Test]
    public void Of_ManyAlternatives_AreMadeOnlyAsAskedFor()
    {
        var fields = Enumerable.Range(0, 30).Select(field => KeyValuePair.Create($"f{field}", (JsonNode?)new JsonArray("a", "b", "c")));

        Assert.That(PatternSamples.For(new JsonObject(fields)).Take(3).Count(), Is.EqualTo(3));
    }
}
