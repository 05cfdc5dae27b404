using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.CloudWatch.Model;

/// <summary>Confirms that data points were taken.</summary>
public class PutMetricDataResponse : AmazonWebServiceResponse, IJsonResponse
{
    void IJsonResponse.Read(JsonElement json)
    {
    }
}
