using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>The base of all requests to Amazon CloudWatch.</summary>
public class AmazonCloudWatchRequest : AmazonWebServiceRequest
{
}
