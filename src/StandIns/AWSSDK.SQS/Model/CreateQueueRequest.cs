using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Creates a queue.</summary>
public class CreateQueueRequest : AmazonSQSRequest, IJsonRequest
{
    /// <summary>Creates an empty create queue request.</summary>
    public CreateQueueRequest()
    {
    }

    /// <summary>Creates a create queue request.</summary>
    /// <param name="queueName">The queue name.</param>
    public CreateQueueRequest(string queueName)
    {
        QueueName = queueName;
    }

    /// <summary>Gets or sets the attributes.</summary>
    public Dictionary<string, string> Attributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the queue name.</summary>
    public string QueueName { get; set; }

    /// <summary>Gets or sets the tags.</summary>
    public Dictionary<string, string> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("Attributes", Attributes);
        json.Put("QueueName", QueueName);
        json.Put("tags", Tags);
    }
}
