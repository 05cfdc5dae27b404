using Amazon.Runtime;

namespace Amazon.EventBridge;

/// <summary>The base of all requests to Amazon EventBridge.</summary>
public class AmazonEventBridgeRequest : AmazonWebServiceRequest
{
}
