namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>The operators prefix, suffix and equals-ignore-case.</summary>
public sealed class TextOperatorTests
{
    [TestCase("""{"time":[{"prefix":"2017-10-02"}]}""", """{"time":"2017-10-02T18:43:48Z"}""", true)]
    [TestCase("""{"time":[{"prefix":"2017-10-02"}]}""", """{"time":"2017-10-03T18:43:48Z"}""", false)]
    [TestCase("""{"Region":[{"prefix":"us-"}]}""", """{"Region":"us-east-1"}""", true)]
    [TestCase("""{"Region":[{"prefix":"us-"}]}""", """{"Region":"eu-central-1"}""", false)]
    [TestCase("""{"Region":[{"prefix":"us-"}]}""", """{"Region":"us-"}""", true)]
    [TestCase("""{"Region":[{"prefix":"us-"}]}""", """{"Region":"us"}""", false)]
    [TestCase("""{"Region":[{"prefix":"us-"}]}""", """{"Region":"US-east-1"}""", false)]
    [TestCase("""{"Region":[{"prefix":"us-"}]}""", """{"Region":"not-us-east"}""", false)]
    [TestCase("""{"a":[{"prefix":""}]}""", """{"a":"x"}""", true)]
    [TestCase("""{"a":[{"prefix":""}]}""", """{"a":""}""", true)]
    [TestCase("""{"a":[{"prefix":""}]}""", """{"a":null}""", false)]
    [TestCase("""{"a":[{"prefix":""}]}""", """{"a":1}""", false)]
    [TestCase("""{"a":[{"prefix":"1"}]}""", """{"a":12}""", false)]
    [TestCase("""{"a":[{"prefix":"t"}]}""", """{"a":true}""", false)]
    [TestCase("""{"a":[{"prefix":"b"},"x"]}""", """{"a":"x"}""", true)]
    [TestCase("""{"a":[{"prefix":"b"}]}""", """{"a":["a","bc"]}""", true)]
    [TestCase("""{"a":[{"prefix":"b*"}]}""", """{"a":"bc"}""", false)]
    [TestCase("""{"a":[{"prefix":"b*"}]}""", """{"a":"b*c"}""", true)]
    public void Matches_Prefix_ComparesTheBeginning(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"service":[{"prefix":{"equals-ignore-case":"EventB"}}]}""", """{"service":"eventbridge"}""", true)]
    [TestCase("""{"service":[{"prefix":{"equals-ignore-case":"EventB"}}]}""", """{"service":"EVENTBRIDGE"}""", true)]
    [TestCase("""{"service":[{"prefix":{"equals-ignore-case":"EventB"}}]}""", """{"service":"eVeNtB"}""", true)]
    [TestCase("""{"service":[{"prefix":{"equals-ignore-case":"EventB"}}]}""", """{"service":"event-b"}""", false)]
    [TestCase("""{"source":[{"prefix":{"equals-ignore-case":"EC2"}}]}""", """{"source":"aws.ec2"}""", false)]
    [TestCase("""{"a":[{"prefix":{"equals-ignore-case":"ÄÖ"}}]}""", """{"a":"äöü"}""", true)]
    [TestCase("""{"a":[{"prefix":{"equals-ignore-case":"1"}}]}""", """{"a":1}""", false)]
    public void Matches_PrefixIgnoringCase_ComparesTheBeginningInAnyCase(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"FileName":[{"suffix":".png"}]}""", """{"FileName":"cat.png"}""", true)]
    [TestCase("""{"FileName":[{"suffix":".png"}]}""", """{"FileName":"cat.PNG"}""", false)]
    [TestCase("""{"FileName":[{"suffix":".png"}]}""", """{"FileName":".png"}""", true)]
    [TestCase("""{"FileName":[{"suffix":".png"}]}""", """{"FileName":"cat.png.bak"}""", false)]
    [TestCase("""{"source":[{"suffix":"ec2"}]}""", """{"source":"aws.ec2"}""", true)]
    [TestCase("""{"a":[{"suffix":""}]}""", """{"a":"x"}""", true)]
    [TestCase("""{"a":[{"suffix":"2"}]}""", """{"a":12}""", false)]
    [TestCase("""{"a":[{"suffix":"é"}]}""", """{"a":"café"}""", true)]
    [TestCase("""{"a":[{"suffix":"e"}]}""", """{"a":"café"}""", false)]
    public void Matches_Suffix_ComparesTheEnd(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"FileName":[{"suffix":{"equals-ignore-case":".png"}}]}""", """{"FileName":"cat.PNG"}""", true)]
    [TestCase("""{"FileName":[{"suffix":{"equals-ignore-case":".png"}}]}""", """{"FileName":"cat.png"}""", true)]
    [TestCase("""{"FileName":[{"suffix":{"equals-ignore-case":".png"}}]}""", """{"FileName":"cat.jpg"}""", false)]
    [TestCase("""{"service":[{"suffix":{"equals-ignore-case":"tBridge"}}]}""", """{"service":"EVENTBRIDGE"}""", true)]
    public void Matches_SuffixIgnoringCase_ComparesTheEndInAnyCase(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"Name":[{"equals-ignore-case":"alice"}]}""", """{"Name":"Alice"}""", true)]
    [TestCase("""{"Name":[{"equals-ignore-case":"alice"}]}""", """{"Name":"ALICE"}""", true)]
    [TestCase("""{"Name":[{"equals-ignore-case":"alice"}]}""", """{"Name":"Alices"}""", false)]
    [TestCase("""{"Name":[{"equals-ignore-case":"alice"}]}""", """{}""", false)]
    [TestCase("""{"Name":[{"equals-ignore-case":"ALICE"}]}""", """{"Name":"alice"}""", true)]
    [TestCase("""{"a":[{"equals-ignore-case":"é"}]}""", """{"a":"É"}""", true)]
    [TestCase("""{"a":[{"equals-ignore-case":"true"}]}""", """{"a":true}""", false)]
    [TestCase("""{"a":[{"equals-ignore-case":""}]}""", """{"a":""}""", true)]
    public void Matches_EqualsIgnoreCase_ComparesInAnyCase(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
