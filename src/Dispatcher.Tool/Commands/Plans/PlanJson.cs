using System.Text.Json;
using Dispatcher.Plans;
using Dispatcher.Text;
using Dispatcher.Tool.Plans;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Plans;

/// <summary>The JSON forms of a plan and of the differences between two, written one change at a time.</summary>
internal static class PlanJson
{
    /// <summary>Writes a plan.</summary>
    /// <param name="terminal">The output.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="selection">Which changes are written.</param>
    public static void Write(CliTerminal terminal, PlanFile plan, PlanSelection selection) => Write(terminal, writer =>
    {
        var header = plan.Header;
        writer.WriteString("plan", plan.Location);
        writer.WriteString("id", header.Id);
        writer.WriteString("job", header.Job);
        if (header.Parameters is { } parameters)
        {
            writer.WritePropertyName("parameters");
            writer.WriteRawValue(RedactedJson.Mask(parameters.GetRawText()));
        }

        writer.WriteString("createdAt", header.CreatedAt);
        writer.WriteString("origin", header.Origin.ToString());
        writer.WriteString("dispatcherVersion", header.DispatcherVersion);
        writer.WriteString("jobVersion", header.JobVersion);
        writer.WriteNumber("planned", plan.Totals.Changes);
        writer.WriteNumber("bytes", plan.Totals.Bytes);
        writer.WriteNumber("itemErrors", plan.Totals.ItemErrors);
        writer.WriteBoolean("complete", plan.Totals.Complete);
        writer.WriteString("digest", plan.Totals.Digest);
        WriteAll(writer, "changes", plan.ReadChanges().Where(planned => selection.Includes(planned.Change)));
    });

    /// <summary>Writes differences.</summary>
    /// <param name="terminal">The output.</param>
    /// <param name="differences">The differences.</param>
    public static void Write(CliTerminal terminal, PlanComparison differences) => Write(terminal, writer =>
    {
        WriteAll(writer, "added", differences.Added);
        WriteAll(writer, "removed", differences.Removed);
        writer.WriteStartArray("changed");
        foreach (var (was, now) in differences.Changed)
        {
            writer.WriteStartObject();
            writer.WriteString("action", now.Action);
            writer.WriteString("target", now.Target);
            writer.WriteString("was", PlanComparison.Evidence(was));
            writer.WriteString("is", PlanComparison.Evidence(now));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("same", differences.Same);
    });

    private static void Write(CliTerminal terminal, Action<Utf8JsonWriter> members)
    {
        using (var writer = new Utf8JsonWriter(terminal.RawOutput, JsonOutput.Options(terminal)))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        terminal.RawOutput.WriteByte((byte)'\n');
        terminal.RawOutput.Flush();
    }

    private static void WriteAll(Utf8JsonWriter writer, string name, IEnumerable<PlannedChange> changes)
    {
        writer.WriteStartArray(name);
        foreach (var (number, change) in changes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", number);
            writer.WriteString("action", change.Action);
            writer.WriteString("target", change.Target);
            WriteText(writer, "reason", change.Reason);
            WriteText(writer, "evidence", change.Evidence);
            writer.WriteNumber("bytes", change.Bytes);
            WriteText(writer, "counter", change.Counter);
            writer.WriteEndObject();
            if (writer.BytesPending > 64 * 1024)
            {
                writer.Flush();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
