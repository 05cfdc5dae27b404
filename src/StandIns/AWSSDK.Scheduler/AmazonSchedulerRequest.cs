using Amazon.Runtime;

namespace Amazon.Scheduler;

/// <summary>The base of all requests to Amazon EventBridge Scheduler.</summary>
public class AmazonSchedulerRequest : AmazonWebServiceRequest
{
}
