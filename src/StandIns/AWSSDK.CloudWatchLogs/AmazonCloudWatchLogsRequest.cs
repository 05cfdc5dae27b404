using Amazon.Runtime;

namespace Amazon.CloudWatchLogs;

/// <summary>The base of all requests to Amazon CloudWatch Logs.</summary>
public class AmazonCloudWatchLogsRequest : AmazonWebServiceRequest
{
}
