using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.EventBridge.Model;

/// <summary>Describes a rule.</summary>
public class DescribeRuleRequest : AmazonEventBridgeRequest, IJsonRequest
{
    /// <summary>Gets or sets the event bus; null for the default one.</summary>
    public string EventBusName { get; set; }

    /// <summary>Gets or sets the name of the rule.</summary>
    public string Name { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("EventBusName", EventBusName);
        json.Put("Name", Name);
    }
}
