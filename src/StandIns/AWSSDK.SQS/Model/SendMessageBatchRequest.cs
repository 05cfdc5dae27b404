using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Sends messages.</summary>
public class SendMessageBatchRequest : AmazonSQSRequest, IJsonRequest
{
    /// <summary>Creates an empty send message batch request.</summary>
    public SendMessageBatchRequest()
    {
    }

    /// <summary>Creates a send message batch request.</summary>
    /// <param name="queueUrl">The queue URL.</param>
    /// <param name="entries">The entries.</param>
    public SendMessageBatchRequest(string queueUrl, List<SendMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    /// <summary>Gets or sets the messages, at most 10.</summary>
    public List<SendMessageBatchRequestEntry> Entries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the queue URL.</summary>
    public string QueueUrl { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("Entries", Entries);
        json.Put("QueueUrl", QueueUrl);
    }
}
