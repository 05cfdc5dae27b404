using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Terminal;

public sealed class FittedTableTests
{
    [TestCase(60, "refresh-materialized-view", "2026-11-22 03:00", "12 s")]
    [TestCase(52, "refresh-materialized-view", "2026-11-22 03:00", null)]
    [TestCase(45, "refresh-materialized-view", "11-22 03:00", null)]
    [TestCase(36, "refresh-material…", "11-22 03:00", null)]
    public void Write_NarrowTerminal_ShowsLessAndNeverBreaksAWord(int width, string name, string time, string? took)
    {
        var terminal = new TestTerminal(width);
        var table = new FittedTable<string>(
            [
                new("Started", static _ => "2026-11-22 03:00") { Short = static _ => "11-22 03:00" },
                new("Job", static row => row) { Least = 8 },
                new("Took#", static _ => "12 s") { LeftOut = 1 },
            ],
            ["refresh-materialized-view"]);

        table.Fit(terminal.Terminal.Out);
        table.Write(terminal.Terminal.Out);

        var row = terminal.Out.Split('\n').Single(line => line.Contains(":00", StringComparison.Ordinal)).TrimEnd();
        Assert.That(row.Length, Is.LessThanOrEqualTo(width));
        Assert.That(
            row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Is.EqualTo(new[] { time, name, took }.Where(static cell => cell is not null)));
    }
}
