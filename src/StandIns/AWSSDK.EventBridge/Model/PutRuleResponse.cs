using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.EventBridge.Model;

/// <summary>Names the rule.</summary>
public class PutRuleResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the ARN of the rule.</summary>
    public string RuleArn { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        RuleArn = json.Text("RuleArn");
    }
}
