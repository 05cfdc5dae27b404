using Dispatcher.Testing;
using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;

namespace Dispatcher.Lambda.Tests;

public sealed class LambdaRunSinkTests
{
    [Test]
    public async Task WriteAsync_ShortRecord_IsTheWireContractOnOneLine()
    {
        using var captured = new CapturedOutput();

        await new LambdaRunSink(captured.Output)
            .WriteAsync(Record("Kept “all” of it.", [new ChangeItem("s3:DeleteObject", "s3://b/k", null)], []), default);

        Assert.That(captured.Text, Is.EqualTo(
            """{"job":"video-upload-cleanup","runId":"run-1","status":"succeeded","dryRun":false"""
            + ""","summary":"Kept “all” of it.","startedAt":"2026-11-22T03:00:00+00:00","durationMs":12"""
            + ""","attempts":1,"counts":{"cleaned":3}"""
            + ""","changes":{"proposed":3,"applied":3,"failed":0,"bytes":9,"items":[{"action":"s3:DeleteObject","target":"s3://b/k","reason":null}]"""
            + ""","itemsTruncated":false},"errors":[]}""" + "\n"));
    }

    [Test]
    public async Task WriteAsync_100ItemsWithLongTargets_FitsIntoALogEventAndSaysThatItIsShortened()
    {
        using var captured = new CapturedOutput();
        var items = Enumerable.Range(0, 100)
            .Select(index => new ChangeItem("s3:DeleteObject", $"s3://{index}/{new string('ü', 1_024)}", new string('r', 2_000)));
        var errors = Enumerable.Range(0, 100).Select(index => new ItemError($"s3://{index}", new string('e', 5_000)));

        await new LambdaRunSink(captured.Output).WriteAsync(Record("Done.", [.. items], [.. errors]), default);

        var changes = captured.Json[0].GetProperty("changes");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetByteCount(captured.Text), Is.LessThan(256 * 1024));
            Assert.That(changes.GetProperty("itemsTruncated").GetBoolean(), Is.True);
            Assert.That(changes.GetProperty("items").GetArrayLength(), Is.EqualTo(100), "texts are shortened before items are left out");
            Assert.That(changes.GetProperty("items")[7].GetProperty("target").GetString(), Does.StartWith("s3://7/ü").And.EndsWith("…"));
            Assert.That(captured.Json[0].GetProperty("errors").GetArrayLength(), Is.EqualTo(100));
            Assert.That(captured.Json[0].GetProperty("counts").GetProperty("cleaned").GetInt64(), Is.EqualTo(3));
        }
    }

    [Test]
    public void Fit_ShortTextsButTooMany_LeavesItemsOutAndSaysHowMany()
    {
        var items = Enumerable.Range(0, 100).Select(index => new ChangeItem("a", new string('t', 150), $"reason {index}"));
        var errors = Enumerable.Range(0, 100).Select(index => new ItemError($"item {index}", new string('e', 150)));

        var line = SizeLimitedRecord.Fit(Record("Done.", [.. items], [.. errors]), 12_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.Utf8.Length, Is.LessThanOrEqualTo(12_000));
            Assert.That(line.Record.Changes.Items, Has.Count.EqualTo(25));
            Assert.That(line.Record.Changes.ItemsTruncated, Is.True);
            Assert.That(
                line.Record.Errors[^1], Is.EqualTo(new ItemError("…", "75 more errors are left out here to keep the record short.")));
            Assert.That(line.Record.Changes.Proposed, Is.EqualTo(3), "the record is not changed");
        }
    }

    [Test]
    public void Fit_OnlyErrorsAreLong_DoesNotClaimThatItemsAreMissing()
    {
        var line = SizeLimitedRecord.Fit(
            Record("Done.", [new ChangeItem("a", "t", null)], [new ItemError("i", new string('e', 50_000))]), 10_000);

        Assert.That(line.Record.Changes.ItemsTruncated, Is.False);
    }

    [Test]
    public void Fit_HugeSentence_IsCutBetweenCharacters()
    {
        var line = SizeLimitedRecord.Fit(Record("x" + string.Concat(Enumerable.Repeat("😀", 200_000)), [], []), 30_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.Utf8.Length, Is.LessThanOrEqualTo(30_000));
            Assert.That(line.Record.Summary, Does.EndWith("😀…"));
            Assert.That(JsonElement.Parse(line.Utf8.Span).GetProperty("summary").GetString(), Is.EqualTo(line.Record.Summary));
        }
    }

    private static RunRecord Record(string summary, ChangeItem[] items, ItemError[] errors) =>
        RunRecordBuilder.Create("video-upload-cleanup") with
        {
            RunId = "run-1",
            Summary = summary,
            DurationMs = 12,
            Counts = new Dictionary<string, long> { ["cleaned"] = 3 },
            Changes = new ChangesSummary(3, 3, 0, 9, items, ItemsTruncated: false),
            Errors = errors,
        };
}
