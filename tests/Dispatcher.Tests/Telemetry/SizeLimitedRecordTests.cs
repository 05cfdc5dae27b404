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

    [Test]
    public void Fit_LongTexts_KeepsAllItemsAndShortensTheirTexts()
    {
        var record = Large();

        var (fitting, _) = SizeLimitedRecord.Fit(record, 60_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                fitting.Changes.Items.Select(static item => item.Target),
                Is.EqualTo(record.Changes.Items.Select(static item => item.Target)));
            Assert.That(fitting.Changes.Items, Has.All.Property("Reason").Length.EqualTo(201));
            Assert.That(fitting.Changes.ItemsTruncated, Is.True);
            Assert.That(fitting.Errors, Has.Count.EqualTo(100).And.All.Property("Error").Length.EqualTo(201));
            Assert.That(fitting.Summary, Has.Length.EqualTo(2_001));
        }
    }

    [TestCase(30_000, 50)]
    [TestCase(15_000, 25)]
    public void Fit_ManyItems_KeepsTheFirstAndSaysHowManyAreMissing(int maxLength, int kept)
    {
        var record = Large();

        var (fitting, _) = SizeLimitedRecord.Fit(record, maxLength);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                fitting.Changes.Items.Select(static item => item.Target),
                Is.EqualTo(record.Changes.Items.Take(kept).Select(static item => item.Target)));
            Assert.That(fitting.Errors, Has.Count.EqualTo(kept + 1));
            Assert.That(
                fitting.Errors[^1],
                Is.EqualTo(new ItemError("…", $"{100 - kept} more errors are left out here to keep the record short.")));
        }
    }

    [Test]
    public void Fit_NoRoomForAnyItem_KeepsTheRestOfTheRecord()
    {
        var (fitting, _) = SizeLimitedRecord.Fit(Large(), 1);

        Assert.That(fitting.Changes.Items, Is.Empty);
        Assert.That(fitting.Errors.Single().Error, Is.EqualTo("100 more errors are left out here to keep the record short."));
        Assert.That(fitting.RunId, Is.EqualTo(Large().RunId));
    }

    [Test]
    public void Fit_LengthIsThatOfTheLimit_IsTheRecordItself()
    {
        var record = Large();
        var length = SizeLimitedRecord.Fit(record, int.MaxValue).Utf8.Length;

        Assert.That(SizeLimitedRecord.Fit(record, length).Record, Is.SameAs(record));
        Assert.That(SizeLimitedRecord.Fit(record, length - 1).Record, Is.Not.SameAs(record));
    }

    private static RunRecord Large() => RunRecordBuilder.Create("test-job", new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero)) with
    {
        RunId = "run-1",
        Summary = new string('s', 5_000),
        Changes = new ChangesSummary(
            100,
            100,
            0,
            0,
            [.. Enumerable.Range(0, 100).Select(static index => new ChangeItem("a", $"item {index}", new string('r', 500)))],
            ItemsTruncated: false),
        Errors = [.. Enumerable.Range(0, 100).Select(static index => new ItemError($"item {index}", new string('e', 500)))],
    };
}
