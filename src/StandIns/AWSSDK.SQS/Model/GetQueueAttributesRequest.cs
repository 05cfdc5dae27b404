using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Gets attributes of a queue.</summary>
public class GetQueueAttributesRequest : AmazonSQSRequest, IJsonRequest
{
    /// <summary>Creates an empty get queue attributes request.</summary>
    public GetQueueAttributesRequest()
    {
    }

    /// <summary>Creates a get queue attributes request.</summary>
    /// <param name="queueUrl">The queue URL.</param>
    /// <param name="attributeNames">The attribute names.</param>
    public GetQueueAttributesRequest(string queueUrl, List<string> attributeNames)
    {
        QueueUrl = queueUrl;
        AttributeNames = attributeNames;
    }

    /// <summary>Gets or sets the attribute names.</summary>
    public List<string> AttributeNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the queue URL.</summary>
    public string QueueUrl { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("AttributeNames", AttributeNames);
        json.Put("QueueUrl", QueueUrl);
    }
}
