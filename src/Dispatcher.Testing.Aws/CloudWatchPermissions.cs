namespace Dispatcher.Testing.Aws;

/// <summary>
/// The permissions of requests to CloudWatch and CloudWatch Logs:
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_cloudwatch.html and <c>list_logs</c> beside it.
/// </summary>
internal static class CloudWatchPermissions
{
    public static IEnumerable<AwsPermission> Of(string service, string operation, RequestValues request)
    {
        string?[] resources = operation switch
        {
            "PutMetricData" or "GetMetricData" or "GetMetricStatistics" or "ListMetrics" => ["*"],
            "PutLogEvents" => [$"{GroupOf(request)}:log-stream:{request.TextOr("LogStreamName", "*")}"],
            _ when request.Text("AlarmName") is { } alarm => [Arn.Regional("cloudwatch", "alarm:", alarm)],
            _ when request.Text("LogGroupName") is not null => [$"{GroupOf(request)}:*"],
            _ => [.. request.Texts("AlarmNames").Select(alarm => Arn.Regional("cloudwatch", "alarm:", alarm))],
        };
        return RequestPermissions.Named(service, operation, resources.Length == 0 ? [request.FirstArn()] : resources);
    }

    private static string GroupOf(RequestValues request) => Arn.Regional("logs", "log-group:", request.TextOr("LogGroupName", "*"));
}
