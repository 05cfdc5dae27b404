using Dispatcher.Hosting;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Telemetry;

public sealed class SizeLimitedRecordTests
{
    [TestCase(5_000_000)]
    [TestCase(20_000)]
    [TestCase(3_000)]
    public void Fit_DuplicateOfARunWithManyItems_FitsWithTheRecordOfTheFirst(int maxLength)
    {
        var reason = new string('x', 5_000);
        ChangeItem[] items = [.. Enumerable.Range(0, 100).Select(index => new ChangeItem("a", $"item {index}", reason))];
        var original = RunRecordBuilder.Create("test-job") with
        {
            Changes = new ChangesSummary(100, 100, 0, 0, items, ItemsTruncated: false),
        };
        var record = RunRecordBuilder.Create("test-job") with { Status = JobStatus.Skipped, Original = original };

        var (fitting, utf8) = SizeLimitedRecord.Fit(record, maxLength);

        Assert.That(utf8.Length, Is.LessThanOrEqualTo(maxLength));
        Assert.That((fitting.Original!.RunId, fitting.Original.Changes.Applied), Is.EqualTo((original.RunId, 100)));
        Assert.That(fitting.Original.Changes.ItemsTruncated, Is.EqualTo(maxLength < 5_000_000));
    }

    [Test]
    public void Fit_RunThatDiffersFromItsPlan_ShortensTheDifferences()
    {
        var reason = new string('x', 5_000);
        ChangeItem[] items = [.. Enumerable.Range(0, 20).Select(index => new ChangeItem("a", $"item {index}", reason))];
        var record = RunRecordBuilder.Create("test-job") with
        {
            Plan = new PlanReport("memory:plan", "sha256:1", 20) { Changed = items, NotInPlan = items },
            Changes = new ChangesSummary(20, 20, 0, 0, items, ItemsTruncated: false),
        };

        var (fitting, utf8) = SizeLimitedRecord.Fit(record, 20_000);

        Assert.That(utf8.Length, Is.LessThanOrEqualTo(20_000));
        Assert.That(fitting.Plan!.Changed, Has.Count.EqualTo(20).And.All.Property("Reason").Length.EqualTo(201));
        Assert.That(fitting.Plan.Missing, Is.Null);
    }
}
