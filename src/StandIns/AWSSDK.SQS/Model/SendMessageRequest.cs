using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Sends a message.</summary>
public class SendMessageRequest : AmazonSQSRequest, IJsonRequest
{
    /// <summary>Creates an empty send message request.</summary>
    public SendMessageRequest()
    {
    }

    /// <summary>Creates a send message request.</summary>
    /// <param name="queueUrl">The queue URL.</param>
    /// <param name="messageBody">The message body.</param>
    public SendMessageRequest(string queueUrl, string messageBody)
    {
        QueueUrl = queueUrl;
        MessageBody = messageBody;
    }

    /// <summary>Gets or sets for how many seconds to hold the message back, at most 900.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>Gets or sets the message attributes.</summary>
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the message body.</summary>
    public string MessageBody { get; set; }

    /// <summary>Gets or sets the message deduplication identifier.</summary>
    public string MessageDeduplicationId { get; set; }

    /// <summary>Gets or sets the message group identifier.</summary>
    public string MessageGroupId { get; set; }

    /// <summary>Gets or sets the queue URL.</summary>
    public string QueueUrl { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("DelaySeconds", DelaySeconds);
        json.Put("MessageAttributes", MessageAttributes);
        json.Put("MessageBody", MessageBody);
        json.Put("MessageDeduplicationId", MessageDeduplicationId);
        json.Put("MessageGroupId", MessageGroupId);
        json.Put("QueueUrl", QueueUrl);
    }
}
