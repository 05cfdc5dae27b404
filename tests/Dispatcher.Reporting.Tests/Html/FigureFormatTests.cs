using Dispatcher.Reporting.Html;

namespace Dispatcher.Reporting.Tests.Html;

public sealed class FigureFormatTests
{
    [TestCase(null, "–")]
    [TestCase(1.0, "100 %")]
    [TestCase(0.0, "0.0 %")]
    [TestCase(0.9999, "99.9 %")]
    [TestCase(0.994, "99.4 %")]
    public void Percent_Share_IsNeverRoundedUp(double? share, string expected) =>
        Assert.That(FigureFormat.Percent(share), Is.EqualTo(expected));

    [TestCase(0, "$0")]
    [TestCase(0.00000002, "< $0.0001")]
    [TestCase(0.0042, "$0.0042")]
    [TestCase(12.345, "$12.35")]
    [TestCase(12345.6, "$12,346")]
    public void Dollars_Amount_IsNoMoreExactThanAnEstimate(double amount, string expected) =>
        Assert.That(FigureFormat.Dollars(amount), Is.EqualTo(expected));

    [Test]
    public void Price_AnyAmount_KeepsItsDigits() =>
        Assert.That(new[] { 0.0000133334, 0.2, 0 }.Select(FigureFormat.Price), Is.EqualTo(["$0.0000133334", "$0.20", "$0.00"]));

    [TestCase(0, "0")]
    [TestCase(500, "500 ms")]
    [TestCase(1500, "1.5 s")]
    [TestCase(450_000, "7.5 min")]
    [TestCase(7_200_000, "2 h")]
    public void RoundDuration_Value_TakesTheFittingUnit(double milliseconds, string expected) =>
        Assert.That(FigureFormat.RoundDuration(milliseconds), Is.EqualTo(expected));

    [TestCase(0, "0")]
    [TestCase(500, "500 B")]
    [TestCase(20e9, "20 GB")]
    [TestCase(9e18, "9 EB")]
    public void RoundBytes_Value_TakesTheFittingUnit(double bytes, string expected) =>
        Assert.That(FigureFormat.RoundBytes(bytes), Is.EqualTo(expected));
}
