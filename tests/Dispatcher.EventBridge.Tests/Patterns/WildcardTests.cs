namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>The operator wildcard.</summary>
public sealed class WildcardTests
{
    [TestCase("""{"a":[{"wildcard":"Simple*Service"}]}""", """{"a":"SimpleQueueService"}""", true)]
    [TestCase("""{"a":[{"wildcard":"Simple*Service"}]}""", """{"a":"SimpleService"}""", true)]
    [TestCase("""{"a":[{"wildcard":"Simple*Service"}]}""", """{"a":"Simple Service "}""", false)]
    [TestCase("""{"a":[{"wildcard":"dir/*.png"}]}""", """{"a":"dir/cat.png"}""", true)]
    [TestCase("""{"a":[{"wildcard":"dir/*.png"}]}""", """{"a":"dir/sub/cat.png"}""", true)]
    [TestCase("""{"a":[{"wildcard":"dir/*.png"}]}""", """{"a":"other/cat.png"}""", false)]
    [TestCase("""{"a":[{"wildcard":"dir/*.png"}]}""", """{"a":"dir/.png"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*"}]}""", """{"a":""}""", true)]
    [TestCase("""{"a":[{"wildcard":"*"}]}""", """{"a":"anything"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*a"}]}""", """{"a":"a"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*a"}]}""", """{"a":"ba"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*a"}]}""", """{"a":"ab"}""", false)]
    [TestCase("""{"a":[{"wildcard":"a*"}]}""", """{"a":"a"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a*"}]}""", """{"a":"ab"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a*"}]}""", """{"a":"ba"}""", false)]
    [TestCase("""{"a":[{"wildcard":""}]}""", """{"a":""}""", true)]
    [TestCase("""{"a":[{"wildcard":""}]}""", """{"a":"x"}""", false)]
    [TestCase("""{"a":[{"wildcard":"a"}]}""", """{"a":"a"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a"}]}""", """{"a":"b"}""", false)]
    [TestCase("""{"a":[{"wildcard":"*a*"}]}""", """{"a":"xay"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*a*"}]}""", """{"a":"a"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*a*"}]}""", """{"a":"xy"}""", false)]
    [TestCase("""{"a":[{"wildcard":"a*b*c"}]}""", """{"a":"abc"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a*b*c"}]}""", """{"a":"axxbxxc"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a*b*c"}]}""", """{"a":"acb"}""", false)]
    [TestCase("""{"a":[{"wildcard":"a*b*c"}]}""", """{"a":"abcb"}""", false)]
    [TestCase("""{"a":[{"wildcard":"a*a"}]}""", """{"a":"a"}""", false)]
    [TestCase("""{"a":[{"wildcard":"a*a"}]}""", """{"a":"aa"}""", true)]
    [TestCase("""{"a":[{"wildcard":"ab*ba"}]}""", """{"a":"aba"}""", false)]
    [TestCase("""{"a":[{"wildcard":"ab*ba"}]}""", """{"a":"abba"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*ab*ab"}]}""", """{"a":"ab"}""", false)]
    [TestCase("""{"a":[{"wildcard":"*ab*ab"}]}""", """{"a":"abab"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*ab*ab*"}]}""", """{"a":"xabxabx"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a*b"}]}""", """{"a":"a\nb"}""", true)]
    [TestCase("""{"a":[{"wildcard":"arn:aws:s3:::*/uploads/*"}]}""", """{"a":"arn:aws:s3:::bucket/uploads/a"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*é*"}]}""", """{"a":"café!"}""", true)]
    [TestCase("""{"a":[{"wildcard":"?"}]}""", """{"a":"x"}""", false)]
    [TestCase("""{"a":[{"wildcard":"[a-z]"}]}""", """{"a":"a"}""", false)]
    [TestCase("""{"a":[{"wildcard":"A*"}]}""", """{"a":"ab"}""", false)]
    public void Matches_Wildcard_StandsForAnyText(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"a":[{"wildcard":"a\\*b"}]}""", """{"a":"a*b"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a\\*b"}]}""", """{"a":"axb"}""", false)]
    [TestCase("""{"a":[{"wildcard":"a\\\\b"}]}""", """{"a":"a\\b"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a\\\\b"}]}""", """{"a":"a\\\\b"}""", false)]
    [TestCase("""{"a":[{"wildcard":"a\\\\*"}]}""", """{"a":"a\\x"}""", true)]
    [TestCase("""{"a":[{"wildcard":"a\\\\*"}]}""", """{"a":"ax"}""", false)]
    [TestCase("""{"a":[{"wildcard":"\\**"}]}""", """{"a":"*anything"}""", true)]
    [TestCase("""{"a":[{"wildcard":"\\**"}]}""", """{"a":"anything"}""", false)]
    [TestCase("""{"a":[{"wildcard":"*\\*"}]}""", """{"a":"x*"}""", true)]
    [TestCase("""{"a":[{"wildcard":"*\\*"}]}""", """{"a":"x"}""", false)]
    [TestCase("""{"a":[{"wildcard":"\\*\\*"}]}""", """{"a":"**"}""", true)]
    public void Matches_EscapedWildcard_StandsForItself(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"a":[{"wildcard":"*"}]}""", """{"a":1}""", false)]
    [TestCase("""{"a":[{"wildcard":"*"}]}""", """{"a":true}""", false)]
    [TestCase("""{"a":[{"wildcard":"*"}]}""", """{"a":null}""", false)]
    [TestCase("""{"a":[{"wildcard":"*"}]}""", """{}""", false)]
    [TestCase("""{"a":[{"wildcard":"*"}]}""", """{"a":{"b":"x"}}""", false)]
    [TestCase("""{"a":[{"wildcard":"b*"}]}""", """{"a":["a","bc"]}""", true)]
    public void Matches_WildcardAgainstOtherValues_DoesNotMatch(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
