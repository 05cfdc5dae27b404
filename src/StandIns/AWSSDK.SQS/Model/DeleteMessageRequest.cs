using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Deletes a message that was received.</summary>
public class DeleteMessageRequest : AmazonSQSRequest, IJsonRequest
{
    /// <summary>Creates an empty delete message request.</summary>
    public DeleteMessageRequest()
    {
    }

    /// <summary>Creates a delete message request.</summary>
    /// <param name="queueUrl">The queue URL.</param>
    /// <param name="receiptHandle">The receipt handle.</param>
    public DeleteMessageRequest(string queueUrl, string receiptHandle)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
    }

    /// <summary>Gets or sets the queue URL.</summary>
    public string QueueUrl { get; set; }

    /// <summary>Gets or sets the receipt handle.</summary>
    public string ReceiptHandle { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("QueueUrl", QueueUrl);
        json.Put("ReceiptHandle", ReceiptHandle);
    }
}
