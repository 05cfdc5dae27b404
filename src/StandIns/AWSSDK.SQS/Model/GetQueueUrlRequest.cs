using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Finds the URL of a queue.</summary>
public class GetQueueUrlRequest : AmazonSQSRequest, IJsonRequest
{
    /// <summary>Creates an empty get queue URL request.</summary>
    public GetQueueUrlRequest()
    {
    }

    /// <summary>Creates a get queue URL request.</summary>
    /// <param name="queueName">The queue name.</param>
    public GetQueueUrlRequest(string queueName)
    {
        QueueName = queueName;
    }

    /// <summary>Gets or sets the queue name.</summary>
    public string QueueName { get; set; }

    /// <summary>Gets or sets the account that owns the queue, if it is another one.</summary>
    public string QueueOwnerAWSAccountId { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("QueueName", QueueName);
        json.Put("QueueOwnerAWSAccountId", QueueOwnerAWSAccountId);
    }
}
