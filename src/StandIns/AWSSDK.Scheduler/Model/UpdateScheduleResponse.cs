using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.Scheduler.Model;

/// <summary>Names the schedule.</summary>
public class UpdateScheduleResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the ARN of the schedule.</summary>
    public string ScheduleArn { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        ScheduleArn = json.Text("ScheduleArn");
    }
}
