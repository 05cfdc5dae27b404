using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.EventBridge.Model;

/// <summary>Describes a rule.</summary>
public class DescribeRuleResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the description.</summary>
    public string Description { get; set; }

    /// <summary>Gets or sets the event bus.</summary>
    public string EventBusName { get; set; }

    /// <summary>Gets or sets the event pattern.</summary>
    public string EventPattern { get; set; }

    /// <summary>Gets or sets the name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets the ARN of the role.</summary>
    public string RoleArn { get; set; }

    /// <summary>Gets or sets the schedule.</summary>
    public string ScheduleExpression { get; set; }

    /// <summary>Gets or sets the state.</summary>
    public RuleState State { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Description = json.Text("Description");
        EventBusName = json.Text("EventBusName");
        EventPattern = json.Text("EventPattern");
        Name = json.Text("Name");
        RoleArn = json.Text("RoleArn");
        ScheduleExpression = json.Text("ScheduleExpression");
        State = json.Text("State");
    }
}
