using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.SQS.Model;

/// <summary>Confirms that the message is gone.</summary>
public class DeleteMessageResponse : AmazonWebServiceResponse, IJsonResponse
{
    void IJsonResponse.Read(JsonElement json)
    {
    }
}
