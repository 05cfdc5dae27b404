using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>The base of all requests to AWS CloudFormation.</summary>
public class AmazonCloudFormationRequest : AmazonWebServiceRequest
{
}
