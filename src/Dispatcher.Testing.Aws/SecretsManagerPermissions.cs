namespace Dispatcher.Testing.Aws;

/// <summary>
/// The permissions of requests to Secrets Manager:
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_secretsmanager.html.
/// </summary>
internal static class SecretsManagerPermissions
{
    public static IEnumerable<AwsPermission> Of(string operation, RequestValues request)
    {
        // The service appends six characters to a name.
        string?[] ids = [request.Text("SecretId"), .. request.Texts("SecretIdList")];
        var resources = ids.OfType<string>()
            .Select(static id => Arn.Is(id) ? id : Arn.Regional("secretsmanager", "secret:", $"{id}-??????")).ToList();
        foreach (var permission in RequestPermissions.Named("secretsmanager", operation, resources.Count == 0 ? ["*"] : resources))
        {
            yield return permission;
        }

        if (operation is "GetSecretValue" or "BatchGetSecretValue")
        {
            // Only for a key of the account's own.
            yield return new AwsPermission("kms:Decrypt", null) { IsUncertain = true };
        }
    }
}
