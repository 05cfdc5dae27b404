using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>The base of all requests to AWS Lambda.</summary>
public class AmazonLambdaRequest : AmazonWebServiceRequest
{
}
