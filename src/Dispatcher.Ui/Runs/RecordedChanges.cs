using System.Text.Json;
using Dispatcher.LocalServers;
using Dispatcher.Tool.History;

namespace Dispatcher.Ui.Runs;

/// <summary>The changes of a run: all of them if its audit trail is on this machine, otherwise those that the record lists.</summary>
/// <param name="Changes">The changes, in their order.</param>
/// <param name="Source">Where they are from, in words.</param>
internal sealed record RecordedChanges(IReadOnlyList<RecordedChange> Changes, string Source)
{
    /// <summary>Reads the changes of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The changes.</returns>
    public static async Task<RecordedChanges> ReadAsync(RunRecord run, CancellationToken cancellationToken)
    {
        var path = AuditFolder.For(LocalFolder.Find()).FileOf(run.RunId);

        // A store may hold any id; only one that is a word can name a file of the folder.
        if (run.RunId.All(static one => char.IsAsciiLetterOrDigit(one) || one == '-') && File.Exists(path))
        {
            return new RecordedChanges(await ReadTrailAsync(path, cancellationToken), $"All of them, from {path}.");
        }

        var outcome = run.DryRun ? "planned" : "applied";
        RecordedChange[] listed =
            [.. run.Changes.Items.Select(item => new RecordedChange(item.Action, item.Target, outcome, item.Reason, null, null))];
        return new RecordedChanges(listed, run.Changes.ItemsTruncated
            ? $"The record of a run lists its first {listed.Length} changes. The audit trail is not on this machine."
            : "All of them, from the record of the run.");
    }

    /// <summary>Reads the last stage of each change. A line that was cut off when the machine failed is left out.</summary>
    private static async Task<IReadOnlyList<RecordedChange>> ReadTrailAsync(string path, CancellationToken cancellationToken)
    {
        var changes = new OrderedDictionary<long, RecordedChange>();
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            if (TryParse(line, out var number, out var change))
            {
                changes[number] = change!;
            }
        }

        return [.. changes.Values];
    }

    private static bool TryParse(string line, out long number, out RecordedChange? change)
    {
        (number, change) = (0, null);
        try
        {
            var entry = JsonElement.Parse(line);
            number = entry.GetProperty("change").GetInt64();
            string? Text(string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
            change = new RecordedChange(
                Text("action") ?? string.Empty,
                Text("target") ?? string.Empty,
                Text("outcome") ?? string.Empty,
                Text("reason"),
                Text("evidence"),
                Text("error"));
            return true;
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return false;
        }
    }
}
