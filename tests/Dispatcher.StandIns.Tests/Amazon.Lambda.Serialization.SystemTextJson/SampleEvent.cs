namespace Dispatcher.StandIns.Tests.Serialization;

/// <summary>An event with a member of each kind that AWS events have.</summary>
internal sealed class SampleEvent
{
    public string? Job { get; set; }

    public DateTime? Time { get; set; }

    public MemoryStream? Payload { get; set; }

    public byte[]? Bytes { get; set; }
}
