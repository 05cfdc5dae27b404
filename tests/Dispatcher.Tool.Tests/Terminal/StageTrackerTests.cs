using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Terminal;

public sealed class StageTrackerTests
{
    [Test]
    public void Report_LaterReports_HaveTheRateSinceTheFirst()
    {
        var clock = new TestClock();
        var stages = new StageTracker(clock);

        stages.Report(new JobProgress("Cleaning", 100, 1_000));
        Assert.That(stages.Snapshot().Single().Rate, Is.Null, "nothing was done in no time");
        clock.Advance(TimeSpan.FromSeconds(10));
        stages.Report(new JobProgress("Cleaning", 600, 1_000));

        var stage = stages.Snapshot().Single();
        Assert.That((stage.Progress.Done, stage.Progress.Total, stage.Rate), Is.EqualTo((600, 1_000, 50d)));
    }

    [TestCase(0.25, "0.3/s")]
    [TestCase(9.96, "10/s")]
    [TestCase(1234.5, "1,234/s")]
    public void Format_Rate_IsShort(double rate, string text) => Assert.That(RateColumn.Format(rate), Is.EqualTo(text));

    [Test]
    public void Write_ChangesOfAnyJob_AreCountedWhileTheyAreMade()
    {
        var stages = new StageTracker(new TestClock());
        var changes = new ChangeProgress(stages);

        foreach (var outcome in (AuditOutcome[])[AuditOutcome.Intended, AuditOutcome.Applied, AuditOutcome.Intended, AuditOutcome.Failed])
        {
            changes.Write(new AuditEntry(DateTimeOffset.UnixEpoch, "run", "job", "s3:DeleteObject", "s3://b/k", outcome));
        }

        Assert.That(stages.Snapshot().Single().Progress, Is.EqualTo(new JobProgress("Making changes", 1)));
    }
}
