using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Holds attributes of a queue.</summary>
public class GetQueueAttributesResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the attributes.</summary>
    public Dictionary<string, string> Attributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonResponse.Read(JsonElement json)
    {
        Attributes = json.TextMap("Attributes");
    }
}
