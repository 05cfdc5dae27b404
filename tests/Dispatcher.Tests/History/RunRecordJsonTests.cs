using Dispatcher.Testing;
using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;

namespace Dispatcher.Tests.History;

public sealed class RunRecordJsonTests
{
    [Test]
    public void Deserialize_WhatSerializeWrote_IsTheSameRun()
    {
        var record = Record() with
        {
            MemoryMegabytes = 256,
            Parameters = new Dictionary<string, string> { ["days"] = "3" },
            Log = new RunLog("eu-central-1", "group", "stream"),
        };

        var read = RunRecordJson.Deserialize(RunRecordJson.Serialize(record).Span);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.MemoryMegabytes, Is.EqualTo(256));
            Assert.That(read.Parameters, Is.EqualTo(record.Parameters));
            Assert.That(read.Log, Is.EqualTo(record.Log));
            Assert.That(read.ItemErrorCount, Is.EqualTo(12));
            Assert.That(read.Changes.ByAction, Is.EqualTo(new Dictionary<string, long> { ["s3:DeleteObject"] = 3 }));
            Assert.That(Text(read), Is.EqualTo(Text(record)));
        }
    }

    [Test]
    public void Deserialize_SummaryAsTheEntryPointAnswersIt_IsARun()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Record(), DispatcherJsonContext.Default.RunRecord);

        Assert.That(RunRecordJson.Deserialize(json).ItemErrorCount, Is.EqualTo(1), "as many as it lists");
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("""{"job":"x","runId":""")]
    [TestCase("null")]
    public void Deserialize_NoRun_Throws(string json)
    {
        Assert.That(() => RunRecordJson.Deserialize(Encoding.UTF8.GetBytes(json)), Throws.InstanceOf<JsonException>());
    }

    [TestCase("\"job\":\"cleanup\"", "\"job\":\"\"")]
    [TestCase("\"runId\":\"run-1\"", "\"runId\":\"\"")]
    [TestCase("\"summary\":\"Most of it.\"", "\"summary\":null")]
    [TestCase("\"durationMs\":1000", "\"durationMs\":-1")]
    [TestCase("\"durationMs\":1000", "\"durationMs\":9223372036854775807")]
    [TestCase("\"target\":\"s3://b/k\"", "\"target\":null")]
    [TestCase("\"action\":\"s3:DeleteObject\"", "\"action\":null")]
    [TestCase("\"error\":\"denied\"", "\"error\":null")]
    [TestCase("{\"item\":\"s3://b/k\"", "{\"item\":null")]
    [TestCase("2026-11-22", "1969-11-22")]
    public void Deserialize_MemberIsMissingOrOutOfRange_Throws(string member, string wrong)
    {
        var json = Text(Record() with { RunId = "run-1", Changes = TwoItems(), Errors = [new ItemError("a", "b"), .. Record().Errors] });
        Assert.That(json, Does.Contain(member));

        Assert.That(
            () => RunRecordJson.Deserialize(Encoding.UTF8.GetBytes(json.Replace(member, wrong, StringComparison.Ordinal))),
            Throws.InstanceOf<JsonException>().With.Message.EqualTo("The JSON is not a run: a member is missing or out of range."));
    }

    [TestCase(0, true)]
    [TestCase(86_400_001, true)]
    [TestCase(86_399_000, false)]
    public void Deserialize_EndOfTheRun_IsATimeInEveryTimeZone(long beforeTheLast, bool isRun)
    {
        var last = (long)(DateTimeOffset.MaxValue - Record().StartedAt).TotalMilliseconds;
        var record = Record() with { DurationMs = beforeTheLast == 0 ? 0 : last - beforeTheLast };

        Assert.That(
            () => RunRecordJson.Deserialize(RunRecordJson.Serialize(record).Span),
            isRun ? Throws.Nothing : Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void Deserialize_RunOfTheFirstMoment_IsARun()
    {
        var record = Record() with { StartedAt = DateTimeOffset.UnixEpoch };

        Assert.That(RunRecordJson.Deserialize(RunRecordJson.Serialize(record).Span).StartedAt, Is.EqualTo(DateTimeOffset.UnixEpoch));
    }

    [Test]
    public void Deserialize_LogWithoutAMember_HasAnEmptyOne()
    {
        var json = Text(Record() with { Log = new RunLog("eu-central-1", "group", "stream") })
            .Replace("\"group\":\"group\",", string.Empty, StringComparison.Ordinal);

        Assert.That(
            RunRecordJson.Deserialize(Encoding.UTF8.GetBytes(json)).Log, Is.EqualTo(new RunLog("eu-central-1", string.Empty, "stream")));
    }

    [Test]
    public void Serialize_TooLong_LeavesRoomForWhatIsBeside()
    {
        var record = Record() with
        {
            Summary = new string('s', 1_000),
            Parameters = new Dictionary<string, string> { ["text"] = new string('p', 3_000) },
        };
        var wire = SizeLimitedRecord.Fit(record, int.MaxValue).Utf8.Length;

        var line = RunRecordJson.Serialize(record with { Errors = [.. Enumerable.Range(0, 50).Select(Error)] }, wire + 5_000);

        Assert.That(line.Length, Is.LessThanOrEqualTo(wire + 5_000));
        Assert.That(RunRecordJson.Deserialize(line.Span).Parameters!["text"], Has.Length.EqualTo(3_000));
        Assert.That(RunRecordJson.Deserialize(line.Span).Errors, Has.Count.GreaterThan(6), "no more is left out than has to be");
    }

    [Test]
    public void Serialize_ByAction_IsInTheOrderOfTheNames()
    {
        var changes = Record().Changes with { ByAction = new Dictionary<string, long> { ["b"] = 1, ["a"] = 2, ["c"] = 3 } };

        Assert.That(Text(Record() with { Changes = changes }), Does.EndWith(",\"byAction\":{\"a\":2,\"b\":1,\"c\":3}}"));
    }

    [Test]
    public void Serialize_AllThatTheHistoryKeeps_HasItsNames()
    {
        var record = Record() with
        {
            MemoryMegabytes = 256,
            ParametersDigest = "d1",
            Parameters = new Dictionary<string, string> { ["days"] = "3" },
            Log = new RunLog("eu-central-1", "group", "stream"),
        };

        Assert.That(Text(record), Does.EndWith(
            ",\"itemErrors\":12,\"memoryMb\":256,\"parametersDigest\":\"d1\",\"parameters\":{\"days\":\"3\"},"
            + "\"log\":{\"region\":\"eu-central-1\",\"group\":\"group\",\"stream\":\"stream\"},"
            + "\"byAction\":{\"s3:DeleteObject\":3}}"));
        Assert.That(RunRecordJson.Deserialize(RunRecordJson.Serialize(record).Span).ParametersDigest, Is.EqualTo("d1"));
    }

    [Test]
    public void Serialize_LengthIsThatOfTheLimit_IsWhole()
    {
        var record = Record() with { Summary = new string('x', 5_000) };
        var length = RunRecordJson.Serialize(record).Length;

        Assert.That(RunRecordJson.Deserialize(RunRecordJson.Serialize(record, length).Span).Summary, Has.Length.EqualTo(5_000));
        Assert.That(RunRecordJson.Deserialize(RunRecordJson.Serialize(record, length - 1).Span).Summary, Has.Length.EqualTo(2_001));
    }

    [TestCase("\"itemErrors\":12", "\"itemErrors\":\"many\"")]
    [TestCase("\"itemErrors\":12", "\"itemErrors\":1e300")]
    [TestCase("\"byAction\":{", "\"byAction\":{\"s3:DeleteObject\":1,")]
    [TestCase("\"byAction\":{", "\"byAction\":{\"\\ud800\":1,")]
    [TestCase("\"byAction\":{\"s3:DeleteObject\":3}", "\"byAction\":3")]
    public void Deserialize_MemberHasTheWrongType_Throws(string member, string wrong)
    {
        var json = Text(Record());
        Assert.That(json, Does.Contain(member));

        Assert.That(
            () => RunRecordJson.Deserialize(Encoding.UTF8.GetBytes(json.Replace(member, wrong, StringComparison.Ordinal))),
            Throws.InstanceOf<JsonException>().With.Message.EqualTo("The JSON is not a run: a member has the wrong type."));
    }

    [Test]
    public void Serialize_TooLong_FitsWithEverythingBeside()
    {
        var errors = Enumerable.Range(0, 100).Select(index => new ItemError($"item {index}", new string('e', 1_000)));
        var record = Record() with { Errors = [.. errors], ItemErrorCount = 100 } with { MemoryMegabytes = 256 };

        var line = RunRecordJson.Serialize(record, maxLength: 20_000);

        var read = RunRecordJson.Deserialize(line.Span);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.Length, Is.LessThanOrEqualTo(20_000));
            Assert.That(read.ItemErrorCount, Is.EqualTo(100));
            Assert.That(read.MemoryMegabytes, Is.EqualTo(256));
        }
    }

    private static ItemError Error(int index) => new($"item {index}", new string('e', 150));

    private static ChangesSummary TwoItems() =>
        Record().Changes with { Items = [new ChangeItem("first", "item", null), .. Record().Changes.Items] };

    private static string Text(RunRecord record) => Encoding.UTF8.GetString(RunRecordJson.Serialize(record).Span);

    private static RunRecord Record() => RunRecordBuilder.Create("cleanup", status: JobStatus.Partial) with
    {
        Summary = "Most of it.",
        Counts = new Dictionary<string, long> { ["cleaned"] = 3 },
        Changes = new ChangesSummary(4, 3, 1, 99, [new ChangeItem("s3:DeleteObject", "s3://b/k", "old")], false)
        {
            ByAction = new Dictionary<string, long> { ["s3:DeleteObject"] = 3 },
        },
        Errors = [new ItemError("s3://b/k", "denied")],
        ItemErrorCount = 12,
    };
}
