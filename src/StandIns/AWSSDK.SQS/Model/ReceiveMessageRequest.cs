using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Receives messages.</summary>
public class ReceiveMessageRequest : AmazonSQSRequest, IJsonRequest
{
    /// <summary>Creates an empty receive message request.</summary>
    public ReceiveMessageRequest()
    {
    }

    /// <summary>Creates a receive message request.</summary>
    /// <param name="queueUrl">The queue URL.</param>
    public ReceiveMessageRequest(string queueUrl)
    {
        QueueUrl = queueUrl;
    }

    /// <summary>Gets or sets how many messages to receive at most, 1 to 10.</summary>
    public int? MaxNumberOfMessages { get; set; }

    /// <summary>Gets or sets the message attribute names.</summary>
    public List<string> MessageAttributeNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the message system attribute names.</summary>
    public List<string> MessageSystemAttributeNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the queue URL.</summary>
    public string QueueUrl { get; set; }

    /// <summary>Gets or sets the receive request attempt identifier.</summary>
    public string ReceiveRequestAttemptId { get; set; }

    /// <summary>Gets or sets for how many seconds others do not see the messages.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>Gets or sets for how many seconds to wait for a message, at most 20.</summary>
    public int? WaitTimeSeconds { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("MaxNumberOfMessages", MaxNumberOfMessages);
        json.Put("MessageAttributeNames", MessageAttributeNames);
        json.Put("MessageSystemAttributeNames", MessageSystemAttributeNames);
        json.Put("QueueUrl", QueueUrl);
        json.Put("ReceiveRequestAttemptId", ReceiveRequestAttemptId);
        json.Put("VisibilityTimeout", VisibilityTimeout);
        json.Put("WaitTimeSeconds", WaitTimeSeconds);
    }
}
