using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>
/// The JSON form of an audit entry, the same in the log, in S3 and in a file: one line, <c>"type":"audit"</c> first, camelCase; null
/// members are omitted.
/// </summary>
public static class AuditEntryJson
{
    /// <summary>
    /// Bytes reserved per character of text: an entry has five text fields, and JSON may need six bytes to escape one character; the
    /// remainder covers the other fields.
    /// </summary>
    private const int BytesPerCharacter = 32;

    /// <summary>Writes an entry on one line.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="maxLength">
    /// How long the line may be, in bytes, from 1,000. Where it would be longer, its texts are cut and marked with '…'.
    /// </param>
    /// <returns>JSON in UTF-8, without a line feed.</returns>
    public static ReadOnlyMemory<byte> Serialize(AuditEntry entry, int maxLength = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1000);

        var line = JsonLine.Create(entry, Write);
        return line.Length <= maxLength ? line : JsonLine.Create(Shorten(entry, maxLength / BytesPerCharacter), Write);
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="utf8">One line of a trail, in UTF-8.</param>
    /// <returns>The entry; <see langword="null"/> if the line is not one, such as the last line of a process that was killed.</returns>
    public static AuditEntry? Deserialize(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            return Read(JsonElement.ParseValue(ref reader));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static AuditEntry? Read(JsonElement line)
    {
        string? Text(string member) => line.TryGetProperty(member, out var text) ? text.GetString() : null;
        long Number(string member) => line.TryGetProperty(member, out var number) ? number.GetInt64() : 0;

        return line.TryGetProperty("time", out var time)
            && (Text("runId"), Text("job"), Text("action"), Text("target")) is ({ } runId, { } job, { } action, { } target)
            && Enum.TryParse<AuditOutcome>(Text("outcome"), ignoreCase: true, out var outcome)
                ? new AuditEntry(time.GetDateTimeOffset(), runId, job, action, target, outcome)
                {
                    Change = Number("change"),
                    Reason = Text("reason"),
                    Evidence = Text("evidence"),
                    Bytes = Number("bytes"),
                    Undo = Text("undo"),
                    Error = Text("error"),
                }
                : null;
    }

    private static void Write(Utf8JsonWriter writer, AuditEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "audit"u8);
        writer.WriteString("time"u8, entry.Time);
        writer.WriteString("runId"u8, entry.RunId);
        writer.WriteString("job"u8, entry.Job);
        writer.WriteNumber("change"u8, entry.Change);
        writer.WriteString("action"u8, entry.Action);
        writer.WriteString("target"u8, entry.Target);
        writer.WriteString("outcome"u8, WordFor(entry.Outcome));
        WriteText(writer, "reason"u8, entry.Reason);
        WriteText(writer, "evidence"u8, entry.Evidence);
        if (entry.Bytes != 0)
        {
            writer.WriteNumber("bytes"u8, entry.Bytes);
        }

        WriteText(writer, "undo"u8, entry.Undo);
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
        AuditOutcome.Intended => "intended"u8,
        AuditOutcome.Applied => "applied"u8,
        AuditOutcome.Skipped => "skipped"u8,
        AuditOutcome.Failed => "failed"u8,
        _ => "interrupted"u8,
    };

    private static AuditEntry Shorten(AuditEntry entry, int maxText) => entry with
    {
        Action = PrintableText.Truncate(entry.Action, maxText),
        Target = PrintableText.Truncate(entry.Target, maxText),
        Reason = Shorten(entry.Reason, maxText),
        Evidence = Shorten(entry.Evidence, maxText),
        Error = Shorten(entry.Error, maxText),

        // A part of it would be useless.
        Undo = null,
    };

    private static string? Shorten(string? text, int maxText) => text is null ? null : PrintableText.Truncate(text, maxText);
}
