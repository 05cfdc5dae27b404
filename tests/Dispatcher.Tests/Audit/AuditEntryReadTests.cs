using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;

namespace Dispatcher.Tests.Audit;

/// <summary>A line of an audit trail is read back as it was written; other lines are not entries.</summary>
public sealed class AuditEntryReadTests
{
    private static readonly AuditEntry Full = new(
        new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero), "run-1", "cleanup", "s3:DeleteObject", "s3://media/a",
        AuditOutcome.Failed)
    {
        Change = 3, Reason = "expired", Evidence = "etag=1", Bytes = 7, Error = "denied",
    };

    [Test]
    public void Deserialize_WhatSerializeWrote_IsTheEntry([Values] AuditOutcome outcome) => Assert.That(
        AuditEntryJson.Deserialize(AuditEntryJson.Serialize(Full with { Outcome = outcome }).Span),
        Is.EqualTo(Full with { Outcome = outcome }));

    [Test]
    public void Deserialize_OptionalMembersAreMissing_IsAnEntryWithoutThem()
    {
        var bare = new AuditEntry(Full.Time, "run-1", "cleanup", "s3:DeleteObject", "s3://media/a", AuditOutcome.Applied);
        var line = Encoding.UTF8.GetString(AuditEntryJson.Serialize(bare).Span).Replace("\"change\":0,", "", StringComparison.Ordinal);

        Assert.That(AuditEntryJson.Deserialize(Encoding.UTF8.GetBytes(line)), Is.EqualTo(bare));
    }

    [TestCase("time")]
    [TestCase("runId")]
    [TestCase("job")]
    [TestCase("action")]
    [TestCase("target")]
    [TestCase("outcome")]
    public void Deserialize_AMemberIsMissing_IsNotAnEntry(string member) => Assert.That(
        Read(text => text.Replace($"\"{member}\"", "\"other\"", StringComparison.Ordinal)), Is.Null);

    [Test]
    public void Deserialize_OutcomeInCapitals_IsAnEntry() =>
        Assert.That(Read(static text => text.Replace("failed", "FAILED", StringComparison.Ordinal)), Is.EqualTo(Full));

    [TestCase("\"2026-11-22T03:00:00+00:00\"", "\"yesterday\"")]
    [TestCase("\"2026-11-22T03:00:00+00:00\"", "5")]
    [TestCase("\"failed\"", "\"exploded\"")]
    [TestCase("\"change\":3", "\"change\":\"3\"")]
    [TestCase("\"bytes\":7", "\"bytes\":7.5")]
    [TestCase("\"job\":\"cleanup\"", "\"job\":5")]
    [TestCase("}", "")]
    public void Deserialize_NotAnEntry_IsNull(string what, string with)
    {
        Assert.That(Read(static text => text), Is.EqualTo(Full));
        Assert.That(Read(text => text.Replace(what, with, StringComparison.Ordinal)), Is.Null);
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("not json")]
    public void Deserialize_OtherLine_IsNull(string line) =>
        Assert.That(AuditEntryJson.Deserialize(Encoding.UTF8.GetBytes(line)), Is.Null);

    [Test]
    public void Serialize_LengthIsThatOfTheLimit_IsWhole()
    {
        var entry = Full with { Target = new string('x', 2_000) };
        var length = AuditEntryJson.Serialize(entry).Length;

        Assert.That(AuditEntryJson.Deserialize(AuditEntryJson.Serialize(entry, length).Span), Is.EqualTo(entry));
        Assert.That(AuditEntryJson.Serialize(entry, length - 1).Length, Is.LessThan(length));
    }

    [Test]
    public void Serialize_TooLong_KeepsWhatIsNotThereAsItIs()
    {
        var line = JsonDocument.Parse(AuditEntryJson.Serialize(
            Full with { Target = new string('x', 5_000), Evidence = null, Error = new string('y', 5_000) }, 1_000)).RootElement;

        Assert.That(line.TryGetProperty("evidence", out _), Is.False);
        Assert.That(line.GetProperty("error").GetString(), Is.EqualTo(new string('y', 31) + "…"));
        Assert.That(line.GetProperty("reason").GetString(), Is.EqualTo("expired"));
        Assert.That(() => AuditEntryJson.Serialize(Full, 999), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static AuditEntry? Read(Func<string, string> change) =>
        AuditEntryJson.Deserialize(Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(AuditEntryJson.Serialize(Full).Span))));
}
