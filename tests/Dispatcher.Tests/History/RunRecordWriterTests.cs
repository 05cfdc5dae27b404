using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Text;

namespace Dispatcher.Tests.History;

public sealed class RunRecordWriterTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 27, 3, 0, 0, 120, TimeSpan.FromHours(1));

    [TestCaseSource(nameof(Records))]
    public void Write_Record_IsTheJsonOfTheContract(RunRecord record)
    {
        var written = JsonNode.Parse(JsonLine.Create(record, RunRecordWriter.Write).Span)!.ToJsonString();

        Assert.That(written, Is.EqualTo(
            JsonSerializer.SerializeToNode(record, DispatcherJsonContext.Default.RunRecord)!.ToJsonString()));
    }

    [Test]
    public void Full_AllMembersOfTheContract_AreSet()
    {
        var json = JsonSerializer.SerializeToNode(Full(), DispatcherJsonContext.Default.RunRecord)!.AsObject();

        Assert.That(
            DispatcherJsonContext.Default.RunRecord.Properties.Where(static property => property.Get is not null)
                .Select(static property => property.Name),
            Is.EquivalentTo(json.Select(static member => member.Key)), "a new member belongs to the writer and to this test");
    }

    private static IEnumerable<TestCaseData> Records()
    {
        yield return new TestCaseData(RunRecordBuilder.Create("cleanup")).SetArgDisplayNames("small");
        yield return new TestCaseData(Full()).SetArgDisplayNames("full");
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            yield return new TestCaseData(RunRecordBuilder.Create("cleanup", status: status)).SetArgDisplayNames($"{status}");
        }
    }

    private static RunRecord Full() => RunRecordBuilder.Create("cleanup", status: JobStatus.Partial) with
    {
        Summary = "\"Most\" of it \u202e.",
        StartedAt = Time,
        Counts = new Dictionary<string, long> { ["cleaned"] = 3, ["Not camelCase"] = -1 },
        Changes = new ChangesSummary(4, 3, 1, 99, [Item("old"), Item(null)], ItemsTruncated: true)
        {
            Interrupted = 2,
            BytesByClass = new Dictionary<string, long> { ["STANDARD_IA"] = 99 },
            ByAction = new Dictionary<string, long> { ["s3:DeleteObject"] = 3 },
        },
        Errors = [new ItemError("s3://b/k", "denied")],
        Slot = "slot",
        Task = "report",
        Original = RunRecordBuilder.Create("cleanup"),
        Holder = new LeaseHolder("other", Time, Time.AddSeconds(45)),
        Shard = new JobShard(1, 4),
        Shards = [new ShardRun(0, "run", JobStatus.Continued, 2, 10, 3)],
        Plan = new PlanReport("plan.jsonl", "digest", 2)
        {
            Changed = [Item("new")], NotInPlan = [Item(null)], Missing = [], AppliedBy = "run",
        },
    };

    private static ChangeItem Item(string? reason) => new("s3:DeleteObject", "s3://b/k", reason);
}
