using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>A message of a batch.</summary>
public class SendMessageBatchRequestEntry : IJsonRequest
{
    /// <summary>Creates an empty item.</summary>
    public SendMessageBatchRequestEntry()
    {
    }

    /// <summary>Creates a item.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="messageBody">The message body.</param>
    public SendMessageBatchRequestEntry(string id, string messageBody)
    {
        Id = id;
        MessageBody = messageBody;
    }

    /// <summary>Gets or sets for how many seconds to hold the message back, at most 900.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>Gets or sets what the answer names the message by, unique in the batch.</summary>
    public string Id { get; set; }

    /// <summary>Gets or sets the message attributes.</summary>
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the message body.</summary>
    public string MessageBody { get; set; }

    /// <summary>Gets or sets the message deduplication identifier.</summary>
    public string MessageDeduplicationId { get; set; }

    /// <summary>Gets or sets the message group identifier.</summary>
    public string MessageGroupId { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("DelaySeconds", DelaySeconds);
        json.Put("Id", Id);
        json.Put("MessageAttributes", MessageAttributes);
        json.Put("MessageBody", MessageBody);
        json.Put("MessageDeduplicationId", MessageDeduplicationId);
        json.Put("MessageGroupId", MessageGroupId);
    }
}
