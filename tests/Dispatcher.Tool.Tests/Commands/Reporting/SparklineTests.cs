using Dispatcher.Tool.Commands.Reporting;

namespace Dispatcher.Tool.Tests.Commands.Reporting;

public sealed class SparklineTests
{
    [Test]
    public void Of_Counts_DrawsTheLargestHighestAndNothingForZero() =>
        Assert.That(Sparkline.Draw([0, 1, 4, 8], unicode: true), Is.EqualTo(" ▁▄█"));

    [Test]
    public void Of_OnlyZeros_IsBlank() => Assert.That(Sparkline.Draw([0, 0], unicode: true), Is.EqualTo("  "));

    [Test]
    public void Of_ManyCounts_AddsUpNeighbours() =>
        Assert.That(Sparkline.Draw([.. Enumerable.Repeat(1, 91)], unicode: true), Has.Length.EqualTo(23));

    [Test]
    public void Of_PlainTerminal_UsesNoBlocks() => Assert.That(Sparkline.Draw([1, 8], unicode: false), Is.EqualTo(".@"));
}
