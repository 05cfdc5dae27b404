using Dispatcher.Aws;

namespace Dispatcher.Testing.Aws;

/// <summary>The permissions that requests need.</summary>
internal static class RequestPermissions
{
    public static IReadOnlyList<AwsPermission> Of(AwsRequest request)
    {
        var values = new RequestValues(request.Request);
        var permissions = request.Service switch
        {
            "s3" => S3Permissions.Of(request.Operation, values),
            "dynamodb" => DynamoDbPermissions.Of(request.Operation, values),
            "sqs" => SqsPermissions.Of(request.Operation, values),
            "ecs" => EcsPermissions.Of(request.Operation, values),
            "ssm" => SsmPermissions.Of(request.Operation, values),
            "secretsmanager" => SecretsManagerPermissions.Of(request.Operation, values),
            "cloudwatch" or "logs" => CloudWatchPermissions.Of(request.Service, request.Operation, values),
            _ => Named(request.Service, request.Operation, values.FirstArn()),
        };
        return [.. permissions.Distinct()];
    }

    /// <summary>Returns the permissions of an operation that all have the same resource.</summary>
    public static IEnumerable<AwsPermission> Named(string service, string operation, params IEnumerable<string?> resources) =>
        from action in IamActions.Of(service, operation)
        from resource in resources
        select new AwsPermission(action, resource);
}
