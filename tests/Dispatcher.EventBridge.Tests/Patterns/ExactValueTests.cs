namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>Exact values: text, numbers, true, false and null.</summary>
public sealed class ExactValueTests
{
    [TestCase("""{"source":["aws.ec2"]}""", """{"source":"aws.ec2"}""", true)]
    [TestCase("""{"source":["aws.ec2"]}""", """{"source":"aws.EC2"}""", false)]
    [TestCase("""{"source":["aws.ec2"]}""", """{"source":"aws.ec2 "}""", false)]
    [TestCase("""{"source":["aws.ec2"]}""", """{"source":"aws.ec2.more"}""", false)]
    [TestCase("""{"source":["aws.ec2"]}""", """{}""", false)]
    [TestCase("""{"source":["aws.ec2"]}""", """{"Source":"aws.ec2"}""", false)]
    [TestCase("""{"source":["aws.ec2","aws.fargate"]}""", """{"source":"aws.fargate"}""", true)]
    [TestCase("""{"source":["aws.ec2","aws.fargate"]}""", """{"source":"aws.s3"}""", false)]
    [TestCase("""{"a":["\u00e9"]}""", """{"a":"é"}""", true)]
    [TestCase("""{"a":["é"]}""", """{"a":"e\u0301"}""", false)]
    [TestCase("""{"a":["true"]}""", """{"a":true}""", false)]
    [TestCase("""{"a":["5"]}""", """{"a":5}""", false)]
    [TestCase("""{"a":["null"]}""", """{"a":null}""", false)]
    [TestCase("""{"a":["x"]}""", """{"a":{"x":1}}""", false)]
    [TestCase("""{"a":["10.0.0.1"]}""", """{"a":"10.0.0.1"}""", true)]
    [TestCase("""{"a":["10.0.0.1"]}""", """{"a":"010.0.0.1"}""", false)]
    [TestCase("""{"a":["::1"]}""", """{"a":"0:0:0:0:0:0:0:1"}""", false)]
    [TestCase("""{"a":[{"exactly":"x"}]}""", """{"a":"x"}""", true)]
    [TestCase("""{"a":[{"exactly":"x"}]}""", """{"a":"X"}""", false)]
    [TestCase("""{"a":[{"exactly":"x"}]}""", """{"a":["y","x"]}""", true)]
    public void Matches_ExactText_ComparesCharacterByCharacter(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"a":[300]}""", """{"a":300}""", true)]
    [TestCase("""{"a":[300]}""", """{"a":300.0}""", false)]
    [TestCase("""{"a":[300.0]}""", """{"a":300}""", false)]
    [TestCase("""{"a":[300]}""", """{"a":3.0e2}""", false)]
    [TestCase("""{"a":[3.0e2]}""", """{"a":3.0e2}""", true)]
    [TestCase("""{"a":[3.0e2]}""", """{"a":3.0E2}""", false)]
    [TestCase("""{"a":[0]}""", """{"a":0}""", true)]
    [TestCase("""{"a":[0]}""", """{"a":-0}""", false)]
    [TestCase("""{"a":[-1]}""", """{"a":-1}""", true)]
    [TestCase("""{"a":[-1]}""", """{"a":1}""", false)]
    [TestCase("""{"a":[300]}""", """{"a":"300"}""", false)]
    [TestCase("""{"a":[123456789012]}""", """{"a":123456789012}""", true)]
    [TestCase("""{"a":[12345678901234567890123]}""", """{"a":12345678901234567890123}""", true)]
    [TestCase("""{"a":[1e999]}""", """{"a":1e999}""", true)]
    [TestCase("""{"a":[1,2,3]}""", """{"a":2}""", true)]
    [TestCase("""{"a":[1,2,3]}""", """{"a":4}""", false)]
    public void Matches_ExactNumber_ComparesAsWritten(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"a":[true]}""", """{"a":true}""", true)]
    [TestCase("""{"a":[true]}""", """{"a":false}""", false)]
    [TestCase("""{"a":[false]}""", """{"a":false}""", true)]
    [TestCase("""{"a":[true]}""", """{"a":"true"}""", false)]
    [TestCase("""{"a":[true]}""", """{"a":1}""", false)]
    [TestCase("""{"a":[null]}""", """{"a":null}""", true)]
    [TestCase("""{"a":[null]}""", """{}""", false)]
    [TestCase("""{"a":[null]}""", """{"a":""}""", false)]
    [TestCase("""{"a":[null]}""", """{"a":[null]}""", true)]
    [TestCase("""{"a":[null]}""", """{"a":[]}""", false)]
    [TestCase("""{"a":[""]}""", """{"a":""}""", true)]
    [TestCase("""{"a":[""]}""", """{"a":null}""", false)]
    [TestCase("""{"a":[""]}""", """{"a":" "}""", false)]
    [TestCase("""{"a":[""]}""", """{}""", false)]
    [TestCase("""{"a":["",null]}""", """{"a":null}""", true)]
    [TestCase("""{"a":[false,null]}""", """{"a":false}""", true)]
    public void Matches_OtherExactValues_ComparesTheKind(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"s":["a"]}""", """{"\ud800":1,"s":"a","\ud801":1}""", true)]
    [TestCase("""{"s":["a"]}""", """{"s":"\ud800"}""", false)]
    [TestCase("""{"s":[{"prefix":"a"}]}""", """{"s":"\ud800"}""", false)]
    [TestCase("""{"s":[{"anything-but":"a"}]}""", """{"s":"\ud800"}""", true)]
    [TestCase("""{"s":[{"wildcard":"*"}]}""", """{"s":"\ud800"}""", false)]
    [TestCase("""{"s":[{"exists":true}]}""", """{"s":"\ud800"}""", true)]
    public void Matches_NoUnicode_IsPassedOver(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
