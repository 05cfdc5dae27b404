using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;

namespace Dispatcher.Tests.Payload;

public sealed class JobRequestReaderParseTests
{
    [TestCase("")]
    [TestCase("  \r\n\t ")]
    public void Parse_Empty_SaysWhatToSend(string text) =>
        Assert.That(Problem(text), Is.EqualTo("The payload is empty. Send at least {\"job\":\"NAME\"}."));

    [TestCase("{")]
    [TestCase("not json")]
    [TestCase("{\"job\":\"a\"} {}")]
    [TestCase("{'job':'a'}")]
    [TestCase("{\"job\":NaN}")]
    public void Parse_NotJson_SaysSo(string text) =>
        Assert.That(Problem(text), Does.StartWith("The payload is not JSON that can be read: "));

    [TestCase("{\n  \"job\": \"a\",\n  'dryRun': true\n}", "unexpected '\'' at line 3, column 3.")]
    [TestCase("{\"job\":\"ä\", x}", "unexpected 'x' at line 1, column 13.")]
    [TestCase("{\"job\":\u0001}", "unexpected U+0001 at line 1, column 8.")]
    [TestCase("{\"job\": ~}", "unexpected '~' at line 1, column 9.")]
    [TestCase("{\"job\":\u007f}", "unexpected U+007F at line 1, column 8.")]
    [TestCase("{\"job\":ä}", "unexpected U+00E4 at line 1, column 8.")]
    [TestCase("{\n\"job\":", "it ends at line 2, column 7, before its value is complete.")]
    public void Parse_NotJson_SaysWhere(string text, string problem) => Assert.That(Problem(text), Does.Contain(problem));

    [TestCase("{\"job\":x}", "unexpected 'x' at line 1, column 8. Send {\"job\":\"NAME\"}.")]
    [TestCase("{\"job\":\"a\"", "it ends at line 1, column 11, before its value is complete. Send all of it: {\"job\":\"NAME\"}.")]
    [TestCase("{\"job\":\"a", "it ends at line 1, column 10, before its value is complete. Send all of it: {\"job\":\"NAME\"}.")]
    public void Parse_NotJson_SaysWhatToSend(string text, string problem) =>
        Assert.That(Problem(text), Is.EqualTo($"The payload is not JSON that can be read: {problem}"));

    [Test]
    public void Parse_ByteOrderMark_IsIgnored() =>
        Assert.That(JobRequestReader.Parse([0xEF, 0xBB, 0xBF, .. "{}"u8]).ValueKind, Is.EqualTo(JsonValueKind.Object));

    [Test]
    public void Parse_OnlyAByteOrderMark_IsEmpty() =>
        Assert.That(
            () => JobRequestReader.Parse([0xEF, 0xBB, 0xBF]), Throws.TypeOf<JobRequestException>().With.Message.Contains("is empty"));

    [Test]
    public void Parse_NotUtf8_SaysSo() =>
        Assert.That(
            () => JobRequestReader.Parse([.. "{\"job\":\""u8, 0xFF, .. "\"}"u8]),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("not UTF-8"));

    [TestCase("[")]
    [TestCase("{\"a\":")]
    public void Parse_DeeplyNested_SaysHowDeepIsAllowed(string level) =>
        Assert.That(Problem(string.Concat(Enumerable.Repeat(level, 100_000))), Is.EqualTo(
            "The payload is nested more than 64 levels deep. Flatten it: {\"job\":\"NAME\",\"parameters\":{…}}."));

    [Test]
    public void Parse_64Levels_IsAllowed() => Assert.That(() => Parse(new string('[', 64) + new string(']', 64)), Throws.Nothing);

    [Test]
    public void Parse_65Levels_IsRefused() => Assert.That(Problem(new string('[', 65) + new string(']', 65)), Does.Contain("64 levels"));

    [Test]
    public void Parse_TwoMegabytesOfRubbish_AnswersBrieflyAndFast()
    {
        var watch = Stopwatch.StartNew();

        Assert.That(Problem("{\"job\":\"" + new string('x', 2_000_000)), Has.Length.LessThan(400));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [Property(MaxTest = 500)]
    public void Parse_AnyBytes_ThrowsNothingButItsOwn(byte[] bytes)
    {
        try
        {
            JobRequestReader.Parse(bytes);
        }
        catch (JobRequestException exception)
        {
            Assert.That(exception.Problems, Has.Count.EqualTo(1));
        }
    }

    private static JsonElement Parse(string text) => JobRequestReader.Parse(Encoding.UTF8.GetBytes(text));

    private static string Problem(string text) => Assert.Throws<JobRequestException>(() => Parse(text))!.Problems.Single();
}
