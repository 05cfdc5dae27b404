using Dispatcher.Text;

namespace Dispatcher.Tests.Text;

public sealed class QuantityTests
{
    [TestCase(0, "0 bytes")]
    [TestCase(1, "1 byte")]
    [TestCase(999, "999 bytes")]
    [TestCase(1_000, "1.0 kB")]
    [TestCase(999_949, "999.9 kB")]
    [TestCase(999_950, "1.0 MB")]
    [TestCase(12_345_678_901, "12.3 GB")]
    [TestCase(-1_500, "-1.5 kB")]
    [TestCase(5_000_000_000_000, "5.0 TB")]
    [TestCase(5_000_000_000_000_000, "5.0 PB")]
    [TestCase(long.MaxValue, "9223.4 PB")]
    public void Bytes_AnyAmount_IsThreeDigitsAndAUnit(long bytes, string expected) =>
        Assert.That(Quantity.Bytes(bytes), Is.EqualTo(expected));

    [TestCase(340, "340 ms")]
    [TestCase(999, "999 ms")]
    [TestCase(1_000, "1.0 s")]
    [TestCase(59_900, "59.9 s")]
    [TestCase(60_000, "1 min")]
    [TestCase(3_599_000, "59 min 59 s")]
    [TestCase(3_600_000, "1 h")]
    [TestCase(3_600_000_000 + 3_540_000, "1,000 h 59 min")]
    [TestCase(12_340, "12.3 s")]
    [TestCase(200_000, "3 min 20 s")]
    public void Duration_AnyLength_IsReadable(long milliseconds, string expected) =>
        Assert.That(Quantity.Duration(milliseconds), Is.EqualTo(expected));
}
