using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.CloudWatchLogs.Model;

/// <summary>Holds one page of events.</summary>
public class FilterLogEventsResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the events.</summary>
    public List<FilteredLogEvent> Events { get; set; }

    /// <summary>Gets or sets the token of the next page; null after the last one.</summary>
    public string NextToken { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Events = json.Items<FilteredLogEvent>("events");
        NextToken = json.Text("nextToken");
    }
}
