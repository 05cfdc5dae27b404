using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.EventBridge.Model;

/// <summary>Creates or replaces a rule.</summary>
public class PutRuleRequest : AmazonEventBridgeRequest, IJsonRequest
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

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("Description", Description);
        json.Put("EventBusName", EventBusName);
        json.Put("EventPattern", EventPattern);
        json.Put("Name", Name);
        json.Put("RoleArn", RoleArn);
        json.Put("ScheduleExpression", ScheduleExpression);
        json.Put("State", State?.Value);
    }
}
