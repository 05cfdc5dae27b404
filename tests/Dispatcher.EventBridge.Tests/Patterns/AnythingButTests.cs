namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>The operator anything-but.</summary>
public sealed class AnythingButTests
{
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":"running"}""", true)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":"initializing"}""", false)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":"Initializing"}""", true)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{}""", false)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":null}""", true)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":1}""", true)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":true}""", true)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":[]}""", false)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":{}}""", false)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":["initializing"]}""", false)]
    [TestCase("""{"state":[{"anything-but":"initializing"}]}""", """{"state":["initializing","running"]}""", true)]
    [TestCase("""{"state":[{"anything-but":["stopped","overloaded"]}]}""", """{"state":"stopped"}""", false)]
    [TestCase("""{"state":[{"anything-but":["stopped","overloaded"]}]}""", """{"state":"overloaded"}""", false)]
    [TestCase("""{"state":[{"anything-but":["stopped","overloaded"]}]}""", """{"state":"running"}""", true)]
    [TestCase("""{"state":[{"anything-but":["stopped"]}]}""", """{"state":"stopped"}""", false)]
    [TestCase("""{"state":[{"anything-but":""}]}""", """{"state":""}""", false)]
    [TestCase("""{"state":[{"anything-but":""}]}""", """{"state":"x"}""", true)]
    [TestCase("""{"state":[{"anything-but":"123"}]}""", """{"state":123}""", true)]
    [TestCase("""{"state":[{"anything-but":"a"},"a"]}""", """{"state":"a"}""", true)]
    [TestCase("""{"state":[{"anything-but":"a"},{"anything-but":"b"}]}""", """{"state":"a"}""", true)]
    public void Matches_AnythingButTexts_NeedsAnotherValue(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"state":[{"anything-but":123}]}""", """{"state":124}""", true)]
    [TestCase("""{"state":[{"anything-but":123}]}""", """{"state":123}""", false)]
    [TestCase("""{"state":[{"anything-but":123}]}""", """{"state":123.0}""", false)]
    [TestCase("""{"state":[{"anything-but":123}]}""", """{"state":1.23e2}""", false)]
    [TestCase("""{"state":[{"anything-but":123}]}""", """{"state":"123"}""", true)]
    [TestCase("""{"state":[{"anything-but":[100,200,300]}]}""", """{"state":200}""", false)]
    [TestCase("""{"state":[{"anything-but":[100,200,300]}]}""", """{"state":250}""", true)]
    [TestCase("""{"state":[{"anything-but":[100,200,300]}]}""", """{"state":null}""", true)]
    [TestCase("""{"state":[{"anything-but":0.1}]}""", """{"state":0.10}""", false)]
    [TestCase("""{"state":[{"anything-but":0.1}]}""", """{"state":0.1000000000000000055511151231257827}""", true)]
    [TestCase("""{"state":[{"anything-but":0}]}""", """{"state":-0}""", false)]
    [TestCase("""{"state":[{"anything-but":0}]}""", """{"state":1e-400}""", true)]
    public void Matches_AnythingButNumbers_ComparesTheirValues(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"state":[{"anything-but":{"prefix":"init"}}]}""", """{"state":"initializing"}""", false)]
    [TestCase("""{"state":[{"anything-but":{"prefix":"init"}}]}""", """{"state":"running"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"prefix":"init"}}]}""", """{"state":"Init"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"prefix":["init","error"]}}]}""", """{"state":"error-1"}""", false)]
    [TestCase("""{"state":[{"anything-but":{"prefix":["init","error"]}}]}""", """{"state":"ok"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"prefix":"1"}}]}""", """{"state":12}""", true)]
    [TestCase("""{"state":[{"anything-but":{"prefix":"init"}}]}""", """{}""", false)]
    [TestCase("""{"state":[{"anything-but":{"suffix":"1234"}}]}""", """{"state":"i-1234"}""", false)]
    [TestCase("""{"state":[{"anything-but":{"suffix":"1234"}}]}""", """{"state":"i-5678"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"suffix":["1234","6789"]}}]}""", """{"state":"i-6789"}""", false)]
    [TestCase("""{"state":[{"anything-but":{"suffix":["1234","6789"]}}]}""", """{"state":"i-1"}""", true)]
    [TestCase("""{"FileName":[{"anything-but":{"suffix":".png"}}]}""", """{"FileName":"a.txt"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"equals-ignore-case":"Stopped"}}]}""", """{"state":"STOPPED"}""", false)]
    [TestCase("""{"state":[{"anything-but":{"equals-ignore-case":"Stopped"}}]}""", """{"state":"running"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"equals-ignore-case":["Stopped","OverLoaded"]}}]}""", """{"state":"overloaded"}""", false)]
    [TestCase("""{"state":[{"anything-but":{"equals-ignore-case":["Stopped","OverLoaded"]}}]}""", """{"state":"running"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"equals-ignore-case":""}}]}""", """{"state":""}""", false)]
    [TestCase("""{"FilePath":[{"anything-but":{"wildcard":"*/lib/*"}}]}""", """{"FilePath":"dir/lib/a"}""", false)]
    [TestCase("""{"FilePath":[{"anything-but":{"wildcard":"*/lib/*"}}]}""", """{"FilePath":"dir/bin/a"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"wildcard":["*/bin/*.jar","*/bin/*.class"]}}]}""", """{"state":"x/bin/y.class"}""", false)]
    [TestCase("""{"state":[{"anything-but":{"wildcard":["*/bin/*.jar","*/bin/*.class"]}}]}""", """{"state":"x/bin/y.txt"}""", true)]
    [TestCase("""{"state":[{"anything-but":{"wildcard":"*"}}]}""", """{"state":"x"}""", false)]
    [TestCase("""{"state":[{"anything-but":{"wildcard":"*"}}]}""", """{"state":1}""", true)]
    public void Matches_AnythingButOperators_NeedsAValueThatTheyDoNotMatch(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
