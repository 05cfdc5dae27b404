using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.CloudWatchLogs.Model;

/// <summary>Finds the events of a log group.</summary>
public class FilterLogEventsRequest : AmazonCloudWatchLogsRequest, IJsonRequest
{
    /// <summary>Gets or sets the end of the interval, in milliseconds since 1970.</summary>
    public long? EndTime { get; set; }

    /// <summary>Gets or sets the pattern that the events match.</summary>
    public string FilterPattern { get; set; }

    /// <summary>Gets or sets the name of the log group.</summary>
    public string LogGroupName { get; set; }

    /// <summary>Gets or sets the token of the page.</summary>
    public string NextToken { get; set; }

    /// <summary>Gets or sets the start of the interval, in milliseconds since 1970.</summary>
    public long? StartTime { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("endTime", EndTime);
        json.Put("filterPattern", FilterPattern);
        json.Put("logGroupName", LogGroupName);
        json.Put("nextToken", NextToken);
        json.Put("startTime", StartTime);
    }
}
