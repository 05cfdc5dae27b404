using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>The base of all requests to Amazon SQS.</summary>
public class AmazonSQSRequest : AmazonWebServiceRequest
{
}
