using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Audit;

/// <summary>
/// Is the JSON form of an audit entry, the same in the log, in S3 and in a file: one line, <c>"type":"audit"</c> first, camelCase, without
/// what there is nothing to say about.
/// </summary>
public static class AuditEntryJson
{
    /// <summary>
    /// Of how many bytes a line has to have one character of a text: there are five texts, of which JSON may write a character in six bytes;
    /// the rest is for everything else.
    /// </summary>
    private const int BytesPerCharacter = 32;

    /// <summary>Writes an entry on one line.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="maxLength">How long the line may be, in bytes, from 1,000. Where it would be longer, its texts are cut and marked with '…'.</param>
    /// <returns>JSON in UTF-8, without a line feed.</returns>
    public static ReadOnlyMemory<byte> Serialize(AuditEntry entry, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1000);

        var line = JsonLine.Create(entry, Write);
        return line.Length <= maxLength ? line : JsonLine.Create(Shorten(entry, maxLength / BytesPerCharacter), Write);
    }

    private static void Write(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "audit"u8);
        writer.WriteString("time"u8, entry.Time);
        writer.WriteString("runId"u8, entry.RunId);
        writer.WriteString("job"u8, entry.Job);
        writer.WriteString("action"u8, entry.Action);
        writer.WriteString("target"u8, entry.Target);
        writer.WriteString("outcome"u8, WordFor(entry.Outcome));
        WriteText(writer, "reason"u8, entry.Reason);
        WriteText(writer, "evidence"u8, entry.Evidence);
        if (entry.Bytes != 0)
        {
            writer.WriteNumber("bytes"u8, entry.Bytes);
        }

        WriteText(writer, "error"u8, entry.Error);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static ReadOnlySpan<byte> WordFor(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Applied => "applied"u8,
        AuditOutcome.Failed => "failed"u8,
        _ => "interrupted"u8,
    };

    private static AuditEntry Shorten(AuditEntry entry, int maxText) => entry with
    {
        Action = JsonLine.Shorten(entry.Action, maxText),
        Target = JsonLine.Shorten(entry.Target, maxText),
        Reason = Shorten(entry.Reason, maxText),
        Evidence = Shorten(entry.Evidence, maxText),
        Error = Shorten(entry.Error, maxText),
    };

    private static string? Shorten(string? text, int maxText) => text is null ? null : JsonLine.Shorten(text, maxText);
}
