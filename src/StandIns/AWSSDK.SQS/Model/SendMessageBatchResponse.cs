using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Tells which messages were taken.</summary>
public class SendMessageBatchResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the messages that were refused; null when there are none.</summary>
    public List<BatchResultErrorEntry> Failed { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the messages that were taken; null when there are none.</summary>
    public List<SendMessageBatchResultEntry> Successful { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonResponse.Read(JsonElement json)
    {
        Failed = json.Items<BatchResultErrorEntry>("Failed");
        Successful = json.Items<SendMessageBatchResultEntry>("Successful");
    }
}
