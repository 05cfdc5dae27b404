using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A listener to the runtime's samples of allocations, one for each 100 kB or so.</summary>
internal sealed class AllocationListener : EventListener
{
    private const EventKeywords Gc = (EventKeywords)1;

    private readonly ConcurrentDictionary<string, int> _samples = new(StringComparer.Ordinal);

    /// <summary>Gets the share of each type in the samples, the largest first.</summary>
    public IEnumerable<(string Type, double Share)> Shares()
    {
        var all = (double)_samples.Values.Sum();
        return _samples.OrderByDescending(static sample => sample.Value).Select(sample => (sample.Key, sample.Value / all)).Take(60);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, Gc);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true
            && eventData.PayloadNames?.IndexOf("TypeName") is { } index and >= 0)
        {
            _samples.AddOrUpdate((string)eventData.Payload![index]!, 1, static (_, count) => count + 1);
        }
    }
}
