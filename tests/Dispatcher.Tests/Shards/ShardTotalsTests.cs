using Dispatcher.Hosting;
using Dispatcher.Shards;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Shards;

/// <summary>The totals of a divided slot, from the records of its shards.</summary>
public sealed class ShardTotalsTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private readonly RunRecord _start = RunRecordBuilder.Create("job", Time) with { RunId = "start", MemoryMegabytes = 128 };

    [Test]
    public void Combine_Records_AddsUp()
    {
        var totals = ShardTotals.Combine(
            _start,
            [
                Part(0, Record("a1", 10, 2_000) with { Attempts = 3, ItemErrorCount = 5 }, Record("a2", 20, 3_000)),
                Part(1, Record("b", 5, 7_000) with { Errors = [new ItemError("x", "broken")], Attempts = 2 }),
            ]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(totals.RunId, Is.EqualTo("start"));
            Assert.That(totals.DurationMs, Is.EqualTo(23_000), "until the end of the last run");
            Assert.That(totals.Attempts, Is.EqualTo(3), "the most");
            Assert.That(totals.ItemErrorCount, Is.EqualTo(6), "5 and the one that is listed");
            Assert.That(totals.MemoryMegabytes, Is.Null);
            Assert.That(totals.Counts, Is.EqualTo(new Dictionary<string, long> { ["done"] = 35 }));
            Assert.That(
                (totals.Changes.Proposed, totals.Changes.Applied, totals.Changes.Failed, totals.Changes.Bytes),
                Is.EqualTo((70L, 35L, 105L, 140L)));
            Assert.That(totals.Changes.Interrupted, Is.EqualTo(175));
            Assert.That(totals.Changes.ItemsTruncated, Is.False);
            Assert.That(totals.Changes.ByAction, Is.EqualTo(new Dictionary<string, long> { ["test:Do"] = 35 }));
            Assert.That(totals.Shards, Is.EqualTo(new[]
            {
                new ShardRun(0, "a2", JobStatus.Succeeded, 2, 5_000, 30), new ShardRun(1, "b", JobStatus.Succeeded, 1, 7_000, 5),
            }));
        }
    }

    [TestCase(60, false, true)]
    [TestCase(50, false, false)]
    [TestCase(1, true, true)]
    public void Combine_Items_AreTheFirstHundred(int perShard, bool isTruncated, bool expected)
    {
        RunRecord With(string id, bool truncated) => Record(id, 1, 1) with
        {
            Changes = new ChangesSummary(
                1, 1, 0, 0, [.. Enumerable.Range(0, perShard).Select(index => new ChangeItem("a", $"{id} {index}", null))], truncated),
        };

        var totals = ShardTotals.Combine(_start, [Part(0, With("a", isTruncated)), Part(1, With("b", false))]);

        Assert.That(totals.Changes.Items, Has.Count.EqualTo(Math.Min(100, perShard * 2)));
        Assert.That(totals.Changes.Items[0].Target, Is.EqualTo("a 0"));
        Assert.That(totals.Changes.ItemsTruncated, Is.EqualTo(expected));
    }

    [Test]
    public void Combine_AllRecordsAreLost_IsOneAttemptWithoutCounts()
    {
        var totals = ShardTotals.Combine(_start, [Lost(0), Lost(1)]);

        Assert.That((totals.Attempts, totals.ItemErrorCount, totals.Changes.Applied), Is.EqualTo((1, 0L, 0L)));
        Assert.That(totals.Shards![0], Is.EqualTo(new ShardRun(0, "lost", JobStatus.Succeeded, 1, 0, 0)));
        Assert.That(totals.Summary, Is.EqualTo(
            "2 shards: 2 succeeded. The records of 2 shards are lost, so that their counts are missing."));
    }

    [Test]
    public void Combine_ShardsEndDifferently_NamesTheBestFirstAndWhatFailed()
    {
        var totals = ShardTotals.Combine(
            _start,
            [
                Part(0, Record("a", 1, 1) with { Status = JobStatus.Skipped }),
                Part(1, Record("b", 1, 1) with { Status = JobStatus.Failed, Summary = "No disk." }),
                Part(2, Record("c", 1, 1)),
                Part(3, Record("d", 1, 1)),
            ]);

        Assert.That((totals.Status, totals.Summary), Is.EqualTo(
            (JobStatus.Failed, "4 shards: 1 skipped, 2 succeeded, 1 failed. Shard 1 failed: No disk.")));
    }

    [TestCase(true, JobStatus.Failed)]
    [TestCase(false, JobStatus.Succeeded)]
    public void Status_RecordOfTheLastRun_KnowsBetterThanTheOutcome(bool hasRecord, JobStatus expected)
    {
        RunRecord[] records = [Record("a", 1, 1), .. hasRecord ? [Record("b", 1, 1) with { Status = JobStatus.Failed }] : (RunRecord[])[]];

        Assert.That(new ShardPart(0, Outcome("b"), records).Status, Is.EqualTo(expected));
    }

    [TestCase(2_000, 5)]
    [TestCase(9_000, 9)]
    public void EndedAt_RecordOrOutcome_IsTheLater(long durationMs, int seconds) =>
        Assert.That(new ShardPart(0, Outcome("a"), [Record("a", 0, durationMs)]).EndedAt, Is.EqualTo(Time.AddSeconds(seconds)));

    private static LeaseOutcome Outcome(string runId) => new(runId, JobStatus.Succeeded, Time.AddSeconds(5), Time.AddDays(7));

    private static ShardPart Part(int index, params RunRecord[] records) => new(index, Outcome(records[^1].RunId), records);

    private static ShardPart Lost(int index) => new(index, Outcome("lost"), []);

    /// <summary>Creates the record of a run that began some seconds after the slot, and did as many changes.</summary>
    private static RunRecord Record(string runId, int seconds, long durationMs) =>
        RunRecordBuilder.Create("job", Time.AddSeconds(seconds)) with
        {
            RunId = runId,
            DurationMs = durationMs,
            Counts = new Dictionary<string, long> { ["done"] = seconds },
            Changes = new ChangesSummary(seconds * 2, seconds, seconds * 3, seconds * 4, [], ItemsTruncated: false)
            {
                Interrupted = seconds * 5,
                ByAction = new Dictionary<string, long> { ["test:Do"] = seconds },
            },
        };
}
