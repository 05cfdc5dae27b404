using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Commands;

public sealed class SinceOptionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [TestCase("30m", "2026-11-22T02:30:00Z")]
    [TestCase("12h", "2026-11-21T15:00:00Z")]
    [TestCase("7d", "2026-11-15T03:00:00Z")]
    [TestCase("2w", "2026-11-08T03:00:00Z")]
    [TestCase("0d", "2026-11-22T03:00:00Z")]
    [TestCase("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z")]
    [TestCase("2026-11-20T10:00:00.5+02:00", "2026-11-20T08:00:00.5Z")]
    [TestCase("2026-11-20T10:00Z", "2026-11-20T10:00:00Z")]
    public void Read_DurationOrTime_IsTheTimeFromWhichOn(string text, string expected)
    {
        Assert.That(
            SinceOption.Read(text, Now), Is.EqualTo(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [TestCase("2026-11-20")]
    [TestCase("2026-11-20T00:00")]
    [TestCase("2026-11-20 00:00:00")]
    public void Read_NoOffset_IsLocalTime(string text)
    {
        Assert.That(SinceOption.Read(text, Now), Is.EqualTo(new DateTimeOffset(new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Local))));
    }

    [Test]
    public void Read_Nothing_IsNothing()
    {
        Assert.That(SinceOption.Read(null, Now), Is.Null);
    }

    [TestCase("")]
    [TestCase("7")]
    [TestCase("d")]
    [TestCase("-7d")]
    [TestCase("7 d")]
    [TestCase("7y")]
    [TestCase("7D")]
    [TestCase("999999w")]
    [TestCase("99999999999999999999d")]
    [TestCase("2026-13-01")]
    [TestCase("22.11.2026")]
    [TestCase("yesterday")]
    public void Read_AnythingElse_SaysWhatThereIs(string text)
    {
        Assert.That(
            () => SinceOption.Read(text, Now),
            Throws.TypeOf<BadInputException>().With.Message.StartsWith($"'{text}' is not a time.").And.Message.Contains("7d"));
    }
}
