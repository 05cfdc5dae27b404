namespace Dispatcher.Testing.Aws;

/// <summary>
/// The permissions of requests to Parameter Store:
/// https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html.
/// </summary>
internal static class SsmPermissions
{
    public static IEnumerable<AwsPermission> Of(string operation, RequestValues request)
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

    /// <summary>A name may begin with '/', which an ARN does not repeat, and end with a version or a label.</summary>
    private static string? ParameterOf(string name) =>
        Arn.Is(name) ? name : Arn.Regional("ssm", "parameter/", name.TrimStart('/').Split(':')[0]);
}
