namespace Dispatcher.Testing.Aws;

/// <summary>
/// The permissions of requests to SQS, in which a batch needs the permission of its single operation:
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html.
/// </summary>
internal static class SqsPermissions
{
    public static IEnumerable<AwsPermission> Of(string operation, RequestValues request)
    {
        var queue = request.Text("QueueUrl")?.TrimEnd('/').Split('/')[^1] ?? request.Text("QueueName");
        var resource = operation == "ListQueues" ? "*" : queue is null ? request.FirstArn() : Arn.Regional("sqs", string.Empty, queue);
        return RequestPermissions.Named("sqs", operation, resource);
    }
}
