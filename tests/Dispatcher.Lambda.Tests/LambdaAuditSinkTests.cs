using Dispatcher.Hosting;

namespace Dispatcher.Lambda.Tests;

public sealed class LambdaAuditSinkTests
{
    private static readonly AuditEntry Entry = new(
        new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero), "run-1", "cleanup", "s3:DeleteObject", "s3://b/k", AuditOutcome.Applied);

    [Test]
    public void Write_Entry_IsALineThatInsightsCanFilter()
    {
        using var captured = new CapturedOutput();

        new LambdaAuditSink(captured.Output).Write(Entry);

        Assert.That(
            captured.Text,
            Does.StartWith(
                """{"type":"audit","time":"2026-11-22T03:00:00+00:00","runId":"run-1",""").And.EndWith("\"outcome\":\"applied\"}\n"));
    }

    [Test]
    public void Write_EntryBeyondALogEvent_IsShortened()
    {
        using var captured = new CapturedOutput();

        new LambdaAuditSink(captured.Output).Write(Entry with { Error = new string('\u0002', 500_000) });

        Assert.That(captured.Text.TrimEnd('\n'), Has.Length.LessThanOrEqualTo(LambdaOutput.MaxLineLength));
        Assert.That(captured.Json[0].GetProperty("target").GetString(), Is.EqualTo("s3://b/k"));
    }
}
