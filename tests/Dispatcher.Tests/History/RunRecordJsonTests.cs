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
