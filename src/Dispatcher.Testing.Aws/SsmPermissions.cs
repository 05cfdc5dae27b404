namespace Dispatcher.Testing.Aws;

/// <summary>
/// The permissions of requests to Parameter Store and Run Command:
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html.
/// </summary>
internal static class SsmPermissions
{
    public static IEnumerable<AwsPermission> Of(string operation, RequestValues request) => operation switch
    {
        "SendCommand" => RequestPermissions.Named(
            "ssm", operation, [DocumentOf(request.TextOr("DocumentName", "*")), .. InstancesOf(request)]),
        "ListCommands" or "ListCommandInvocations" or "DescribeInstanceInformation" => RequestPermissions.Named("ssm", operation, "*"),
        _ => OfParameters(operation, request),
    };

    private static IEnumerable<AwsPermission> OfParameters(string operation, RequestValues request)
    {
        string?[] names = [request.Text("Name"), request.Text("Path"), .. request.Texts("Names")];
        string?[] resources = [.. names.OfType<string>().Select(ParameterOf).DefaultIfEmpty(request.FirstArn())];
        foreach (var permission in RequestPermissions.Named("ssm", operation, resources))
        {
            yield return permission;
        }

        if (request.Has("WithDecryption"))
        {
            // Only for a key of the account's own.
            yield return new AwsPermission("kms:Decrypt", null) { IsUncertain = true };
        }
    }

    /// <summary>The documents of AWS belong to no account.</summary>
    private static string DocumentOf(string name) => name.StartsWith("AWS-", StringComparison.Ordinal)
        ? $"arn:{Arn.Partition}:ssm:{Arn.Region}::document/{name}"
        : Arn.Regional("ssm", "document/", name);

    /// <summary>A tag may select any instance.</summary>
    private static IEnumerable<string> InstancesOf(RequestValues request) => request.Texts("InstanceIds").DefaultIfEmpty("*").Select(id =>
        id.StartsWith("mi-", StringComparison.Ordinal)
            ? Arn.Regional("ssm", "managed-instance/", id)
            : Arn.Regional("ec2", "instance/", id));

    /// <summary>A name may begin with '/', which an ARN does not repeat, and end with a version or a label.</summary>
    private static string? ParameterOf(string name) =>
        Arn.Is(name) ? name : Arn.Regional("ssm", "parameter/", name.TrimStart('/').Split(':')[0]);
}
