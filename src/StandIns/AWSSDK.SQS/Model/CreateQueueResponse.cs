using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Names the queue.</summary>
public class CreateQueueResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the queue URL.</summary>
    public string QueueUrl { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        QueueUrl = json.Text("QueueUrl");
    }
}
