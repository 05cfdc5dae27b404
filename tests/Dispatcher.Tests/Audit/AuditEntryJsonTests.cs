using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;

namespace Dispatcher.Tests.Audit;

public sealed class AuditEntryJsonTests
{
    private static readonly AuditEntry Entry = new(
        new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero), "run-1", "cleanup", "s3:DeleteObject", "s3://media/a "
            + "b.mp4", AuditOutcome.Applied)
    {
        Change = 3,
    };

    [Test]
    public void Serialize_BareEntry_LeavesOutWhatThereIsNot()
    {
        Assert.That(
            Text(Entry),
            Is.EqualTo("""{"type":"audit","time":"2026-11-22T03:00:00+00:00","runId":"run-1","job":"cleanup","change":3,"action":"s3:DeleteObject","target":"s3://media/a b.mp4","outcome":"applied"}"""));
    }

    [Test]
    public void Serialize_FullEntry_HasAll()
    {
        var full = Entry with { Outcome = AuditOutcome.Interrupted, Reason = "expired", Evidence = "etag=1", Bytes = 7,
        Error = "cut\noff" };

        Assert.That(Text(full), Does.EndWith(""","outcome":"interrupted","reason":"expired","evidence":"etag=1","bytes":7,"error":"cut\noff"}"""));
    }

    [Test]
    public void Serialize_EachOutcome_IsNamedInLowerCase([Values] AuditOutcome outcome) => Assert.That(
        JsonDocument.Parse(AuditEntryJson.Serialize(Entry with { Outcome = outcome })).RootElement.GetProperty("outcome").GetString(),
        Is.EqualTo(outcome.ToString().ToLowerInvariant()));

    [TestCase('x')]
    [TestCase('\u0001')]
    [TestCase('ß')]
    public void Serialize_TextsTooLong_FitAndAreMarked(char character)
    {
        var text = new string(character, 100_000);
        var line = AuditEntryJson.Serialize(
            Entry with { Action = text, Target = text, Reason = text, Evidence = text, Error = text }, maxLength: 50_000);

        Assert.That(line.Length, Is.LessThanOrEqualTo(50_000));
        Assert.That(JsonDocument.Parse(line).RootElement.GetProperty("target").GetString(), Does.EndWith("…"));
    }

    [Test]
    public void Serialize_Undo_IsReadBackAndNeverCut()
    {
        var entry = Entry with { Undo = """{"was":{"status":{"S":"created"}}}""" };
        var tooLong = AuditEntryJson.Serialize(entry with { Reason = new string('x', 100_000) }, maxLength: 50_000);

        Assert.That(AuditEntryJson.Deserialize(AuditEntryJson.Serialize(entry).Span)!.Undo, Is.EqualTo(entry.Undo));
        Assert.That(AuditEntryJson.Deserialize(tooLong.Span)!.Undo, Is.Null, "a part of it would be useless");
    }

    private static string Text(AuditEntry entry) => Encoding.UTF8.GetString(AuditEntryJson.Serialize(entry).Span);
}
