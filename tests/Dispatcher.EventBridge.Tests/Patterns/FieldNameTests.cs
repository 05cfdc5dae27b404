namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>Fields: nested, with dots in their names, ignored, or all of an event.</summary>
public sealed class FieldNameTests
{
    private const string WholeEvent = """
        {"version":"0","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"111122223333",
         "region":"us-west-1","resources":["arn:1"],
         "detail":{"instance-id":"i-1","state":"terminated","source-ip":"10.0.0.33","c-count":5,"d-count":3,"x-limit":301.8},
         "time":"2017-10-02T16:24:49Z"}
        """;

    private const string ManyOperators = """
        {"time":[{"prefix":"2017-10-02"}],
         "detail":{"state":[{"anything-but":"initializing"}],"c-count":[{"numeric":[">",0,"<=",5]}]}}
        """;

    [TestCase("""{"detail":{"state":{"status":["running"]}}}""", """{"detail":{"state":{"status":"running"}}}""", true)]
    [TestCase("""{"detail":{"state.status":["running"]}}""", """{"detail":{"state":{"status":"running"}}}""", true)]
    [TestCase("""{"detail":{"state":{"status":["running"]}}}""", """{"detail":{"state.status":"running"}}""", true)]
    [TestCase("""{"detail":{"state.status":["running"]}}""", """{"detail":{"state.status":"running"}}""", true)]
    [TestCase("""{"detail.state.status":["running"]}""", """{"detail":{"state":{"status":"running"}}}""", true)]
    [TestCase("""{"detail":{"state.status":["running"]}}""", """{"detail":{"state":{"status":"stopped"}}}""", false)]
    [TestCase("""{"a.b":["x"]}""", """{"a":[{"b":"x"}]}""", true)]
    [TestCase("""{"a":{"":["x"]}}""", """{"a":{"":"x"}}""", true)]
    [TestCase("""{"a.":["x"]}""", """{"a":{"":"x"}}""", true)]
    [TestCase("""{"a":{"b":["x"]}}""", """{"a":{"b":{"c":"x"}}}""", false)]
    [TestCase("""{"a":["x"],"a.b":["y"]}""", """{"a":"x","a.b":"y"}""", true)]
    public void Matches_NestedAndDottedNames_AreTheSamePath(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase(
        """{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],"detail":{"state":["terminated"]}}""",
        WholeEvent,
        true)]
    [TestCase("""{"source":["aws.ec2"],"detail":{"state":["running","stopped"]}}""", WholeEvent, false)]
    [TestCase("""{"account":["111122223333"],"region":[{"prefix":"us-"}]}""", WholeEvent, true)]
    [TestCase("""{"region":[{"anything-but":{"prefix":"us-"}}]}""", WholeEvent, false)]
    [TestCase("""{"resources":[{"suffix":"1"}]}""", WholeEvent, true)]
    [TestCase("""{"resources":["arn:1","arn:2"]}""", WholeEvent, true)]
    [TestCase("""{"version":["0"]}""", WholeEvent, true)]
    [TestCase("""{"state":["terminated"]}""", WholeEvent, false)]
    [TestCase("""{"instance-id":["i-1"]}""", WholeEvent, false)]
    [TestCase(ManyOperators, WholeEvent, true)]
    [TestCase(
        """{"detail":{"d-count":[{"numeric":["<",10]}],"x-limit":[{"anything-but":[100,200,300]}],"source-ip":[{"cidr":"10.0.0.0/8"}]}}""",
        WholeEvent,
        true)]
    [TestCase("""{"detail":{"d-count":[{"numeric":["<",3]}],"x-limit":[{"anything-but":[100,200,300]}]}}""", WholeEvent, false)]
    public void Matches_WholeEvents_IgnoresOtherFields(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"a":["x"]}""", """[]""", false)]
    [TestCase("""{"a":["x"]}""", """null""", false)]
    [TestCase("""{"a":["x"]}""", """true""", false)]
    [TestCase("""{"a":[{"exists":false}]}""", """1""", true)]
    [TestCase("""{"a":[{"exists":true}]}""", """[{"a":1}]""", false)]
    public void Matches_NoObject_HasNoFields(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
