using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.Scheduler.Model;

/// <summary>Reads a schedule.</summary>
public class GetScheduleRequest : AmazonSchedulerRequest, IRestRequest
{
    /// <summary>Gets or sets the group; null for the default one.</summary>
    public string GroupName { get; set; }

    /// <summary>Gets or sets the name.</summary>
    public string Name { get; set; }

    void IRestRequest.Fill(DefaultRequest request)
    {
        request.HttpMethod = "GET";
        request.ResourcePath = "/schedules/{Name}";
        request.AddPathResource(
            "{Name}", Name ?? throw new AmazonSchedulerException("Request object does not have required field Name set"));
        if (GroupName is not null)
        {
            request.Parameters.Add("groupName", GroupName);
        }
    }
}
