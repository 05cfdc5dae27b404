namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>Ranges that hold no number and lists of several kinds are refused.</summary>
public sealed class RefusedValueTests
{
    private const string Forms = "numeric takes a list of one comparison, or of a lower and an upper bound. Write [\"=\",5], [\">\",0]";

    [TestCase("""[]""", Forms)]
    [TestCase("""[">"]""", Forms)]
    [TestCase("""[">",0,"<"]""", Forms)]
    [TestCase("""[">",0,"<",5,"<",6]""", Forms)]
    [TestCase("""5""", Forms)]
    [TestCase("null", Forms)]
    [TestCase("""["~",1]""", Forms)]
    [TestCase("""["!=",1]""", Forms)]
    [TestCase("""[1,">"]""", Forms)]
    [TestCase("""["<",5,">",0]""", Forms)]
    [TestCase("""[">",5,">",6]""", Forms)]
    [TestCase("""["<",5,"<",6]""", Forms)]
    [TestCase("""["=",5,"=",5]""", Forms)]
    [TestCase("""["=",5,"<",6]""", Forms)]
    [TestCase("""[">",5,"=",6]""", Forms)]
    [TestCase("""[">","1"]""", "the bound \"1\" is not a number. Write it without quotes.")]
    [TestCase("""[">",null]""", "the bound null is not a number.")]
    [TestCase("""[">",0,"<","9"]""", "the bound \"9\" is not a number.")]
    [TestCase("""[">",5,"<",5]""", "no number is in this range: the lower bound has to be less than the upper one.")]
    [TestCase("""[">=",5,"<=",5]""", "no number is in this range")]
    [TestCase("""[">",10,"<",5]""", "no number is in this range")]
    [TestCase("""[">",5.0,"<",5]""", "no number is in this range")]
    [TestCase("""[">",1e400]""", "1e400 has more digits than EventBridge compares, or is too large. Write at most 15 digits.")]
    [TestCase("""["=",0.12345678901234567890]""", "0.12345678901234567890 has more digits than EventBridge compares")]
    [TestCase("""["=",12345678901234567890]""", "12345678901234567890 has more digits than EventBridge compares")]
    public void Parse_WrongNumeric_SaysHowToWriteIt(string range, string problem) =>
        Refuses($$"""{"numeric":{{range.Trim()}}}""", problem);

    [TestCase("""null""", "anything-but takes texts or numbers of at most 15 digits, one or a list of one kind")]
    [TestCase("""true""", "anything-but takes texts or numbers")]
    [TestCase("""[]""", "anything-but takes texts or numbers")]
    [TestCase("""[null]""", "anything-but takes texts or numbers")]
    [TestCase("""["a",1]""", "anything-but takes texts or numbers")]
    [TestCase("""["a",null]""", "anything-but takes texts or numbers")]
    [TestCase("""[1,true]""", "anything-but takes texts or numbers")]
    [TestCase("""[["a"]]""", "anything-but takes texts or numbers")]
    [TestCase("""[{"prefix":"a"},{"prefix":"b"}]""", "anything-but takes texts or numbers")]
    [TestCase("""1e400""", "anything-but takes texts or numbers")]
    [TestCase("""{}""", "anything-but takes one of prefix, suffix, equals-ignore-case and wildcard.")]
    [TestCase("""{"numeric":["=",5]}""", "anything-but takes one of prefix, suffix, equals-ignore-case and wildcard.")]
    [TestCase("""{"exists":true}""", "anything-but takes one of prefix")]
    [TestCase("""{"cidr":"10.0.0.0/8"}""", "anything-but takes one of prefix")]
    [TestCase("""{"prefix":"a","suffix":"b"}""", "anything-but takes one of prefix")]
    [TestCase("""{"prefix":1}""", "prefix in anything-but takes a text or a list of texts.")]
    [TestCase("""{"prefix":[]}""", "prefix in anything-but takes a text or a list of texts.")]
    [TestCase("""{"prefix":["a",1]}""", "prefix in anything-but takes a text or a list of texts.")]
    [TestCase("""{"prefix":{"equals-ignore-case":"a"}}""", "prefix in anything-but takes a text or a list of texts.")]
    [TestCase("""{"equals-ignore-case":null}""", "equals-ignore-case in anything-but takes a text or a list of texts.")]
    [TestCase("""{"prefix":""}""", "every text has the empty prefix, so nothing would match.")]
    [TestCase("""{"suffix":["a",""]}""", "every text has the empty suffix, so nothing would match.")]
    [TestCase("""{"wildcard":"a**"}""", "there are two wildcards in a row at position 2.")]
    [TestCase("""{"wildcard":["a","b\\c"]}""", "the backslash at position 2")]
    public void Parse_WrongAnythingBut_SaysHowToWriteIt(string excluded, string problem) =>
        Refuses($$"""{"anything-but":{{excluded}}}""", problem);

    private static void Refuses(string alternative, string problem)
    {
        var compiled = PatternCheck.Compile($$$"""{"detail":{"a":[{{{alternative}}}]}}""", out var problems);

        Assert.That(compiled, Is.Null);
        Assert.That(problems, Has.Count.EqualTo(1).And.One.StartsWith($"detail.a holds {alternative}: {problem}"));
    }
}
