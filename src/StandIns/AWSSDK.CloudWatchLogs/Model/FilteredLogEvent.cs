using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.CloudWatchLogs.Model;

/// <summary>One event of a log group.</summary>
public class FilteredLogEvent : IJsonResponse
{
    /// <summary>Gets or sets the id of the event.</summary>
    public string EventId { get; set; }

    /// <summary>Gets or sets the log stream.</summary>
    public string LogStreamName { get; set; }

    /// <summary>Gets or sets the text.</summary>
    public string Message { get; set; }

    /// <summary>Gets or sets the time, in milliseconds since 1970.</summary>
    public long? Timestamp { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        EventId = json.Text("eventId");
        LogStreamName = json.Text("logStreamName");
        Message = json.Text("message");
        Timestamp = json.Long("timestamp");
    }
}
