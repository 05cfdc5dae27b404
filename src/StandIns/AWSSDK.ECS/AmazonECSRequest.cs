using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>The base of all requests to Amazon ECS.</summary>
public class AmazonECSRequest : AmazonWebServiceRequest
{
}
