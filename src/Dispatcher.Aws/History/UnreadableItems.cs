using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Aws.History;

/// <summary>A collection of the items of the table that are not runs, so that one of them does not hide other runs.</summary>
internal sealed class UnreadableItems
{
    private const int MaxNamed = 3;

    private readonly ConcurrentQueue<string> _keys = [];

    /// <summary>Reads an item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The run, or <see langword="null"/> if the item is not one.</returns>
    public RunRecord? TryRead(Dictionary<string, AttributeValue> item)
    {
        try
        {
            return RunItem.Read(item);
        }
        catch (InvalidDataException)
        {
            _keys.Enqueue($"job={item.GetValueOrDefault(RunItem.Job)?.S} runId={item.GetValueOrDefault(RunItem.RunId)?.S}");
            return null;
        }
    }

    /// <summary>Describes what was skipped.</summary>
    /// <param name="table">The table.</param>
    /// <returns>A sentence, or none if nothing was skipped.</returns>
    public IEnumerable<string> Describe(RunTableSettings table) => _keys.IsEmpty ? [] :
    [
        $"{(_keys.Count == 1 ? "1 item" : $"{_keys.Count} items")} of DynamoDB table {table.Name} cannot be read as a run and "
        + $"{(_keys.Count == 1 ? "was" : "were")} skipped: "
        + $"{string.Join("; ", _keys.Take(MaxNamed))}{(_keys.Count > MaxNamed ? "; …" : string.Empty)}. "
        + "All other runs are shown. Only the dispatcher may write to the table: delete other items.",
    ];
}
