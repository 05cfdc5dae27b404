using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Holds the messages.</summary>
public class ReceiveMessageResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the messages; null when there are none.</summary>
    public List<Message> Messages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonResponse.Read(JsonElement json)
    {
        Messages = json.Items<Message>("Messages");
    }
}
