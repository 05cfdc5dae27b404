using Dispatcher.Aws;

namespace Dispatcher.Testing.Aws;

/// <summary>
/// The permissions of requests to S3: https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html and
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html. A condition on an ETag also reads the object:
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-delete-enforce.html.
/// </summary>
internal static class S3Permissions
{
    /// <summary>The actions that have one of their own for a version of an object.</summary>
    private static readonly Dictionary<string, string> ForVersions = new(StringComparer.Ordinal)
    {
        ["s3:DeleteObject"] = "s3:DeleteObjectVersion",
        ["s3:DeleteObjectTagging"] = "s3:DeleteObjectVersionTagging",
        ["s3:GetObject"] = "s3:GetObjectVersion",
        ["s3:GetObjectAcl"] = "s3:GetObjectVersionAcl",
        ["s3:GetObjectAttributes"] = "s3:GetObjectVersionAttributes",
        ["s3:GetObjectTagging"] = "s3:GetObjectVersionTagging",
        ["s3:PutObjectAcl"] = "s3:PutObjectVersionAcl",
        ["s3:PutObjectTagging"] = "s3:PutObjectVersionTagging",
    };

    public static IEnumerable<AwsPermission> Of(string operation, RequestValues request) => operation switch
    {
        "CopyObject" or "CopyPart" => Copy(operation, request),
        "DeleteObjects" => request.Items("Objects").SelectMany(item => Delete(request, item)),
        "DeleteObject" => Delete(request, request),
        "ListBuckets" => RequestPermissions.Named("s3", operation, "*"),
        _ => OfObject(operation, request),
    };

    private static IEnumerable<AwsPermission> OfObject(string operation, RequestValues request)
    {
        var resource = ResourceOf(request.Text("BucketName"), request.Text("Key"));
        return IamActions.Of("s3", operation)
            .Select(action => new AwsPermission(WithVersion(action, request.Text("VersionId")), resource))
            .Concat(operation is "PutObject" or "InitiateMultipartUpload" ? Extras(request, resource) : [])
            .Concat(IsWrite(operation) && IsETag(request.Text("IfMatch")) ? [new AwsPermission("s3:GetObject", resource)] : []);
    }

    private static IEnumerable<AwsPermission> Delete(RequestValues request, RequestValues item)
    {
        var resource = ResourceOf(request.Text("BucketName"), item.Text("Key"));
        yield return new AwsPermission(WithVersion("s3:DeleteObject", item.Text("VersionId")), resource);
        if (IsETag(item.Text("ETag") ?? item.Text("IfMatch")))
        {
            yield return new AwsPermission("s3:GetObject", resource);
        }

        if (request.Has("BypassGovernanceRetention"))
        {
            yield return new AwsPermission("s3:BypassGovernanceRetention", resource);
        }
    }

    private static IEnumerable<AwsPermission> Copy(string operation, RequestValues request)
    {
        var source = ResourceOf(request.Text("SourceBucket"), request.Text("SourceKey"));
        var target = ResourceOf(request.Text("DestinationBucket"), request.Text("DestinationKey"));
        yield return new AwsPermission(WithVersion("s3:GetObject", request.Text("SourceVersionId")), source);
        yield return new AwsPermission("s3:PutObject", target);
        if (operation == "CopyPart")
        {
            yield break;
        }

        foreach (var extra in Extras(request, target))
        {
            yield return extra;
        }

        if (!request.Has("TagSet"))
        {
            // S3 copies the tags, and needs both if the source has any.
            yield return new AwsPermission(WithVersion("s3:GetObjectTagging", request.Text("SourceVersionId")), source)
            {
                IsUncertain = true,
            };
            yield return new AwsPermission("s3:PutObjectTagging", target) { IsUncertain = true };
        }
    }

    /// <summary>What a request that creates an object can also set.</summary>
    private static IEnumerable<AwsPermission> Extras(RequestValues request, string? resource)
    {
        if (request.Has("TagSet"))
        {
            yield return new AwsPermission("s3:PutObjectTagging", resource);
        }

        if (request.Has("CannedACL") || request.Has("Grants"))
        {
            yield return new AwsPermission("s3:PutObjectAcl", resource);
        }

        if (request.Has("ObjectLockLegalHoldStatus"))
        {
            yield return new AwsPermission("s3:PutObjectLegalHold", resource);
        }

        if (request.Has("ObjectLockMode"))
        {
            yield return new AwsPermission("s3:PutObjectRetention", resource);
        }

        if (request.Text("ServerSideEncryptionKeyManagementServiceKeyId") is { } key)
        {
            yield return new AwsPermission("kms:GenerateDataKey", Arn.Regional("kms", "key/", key));
        }
    }

    private static bool IsWrite(string operation) => operation is "PutObject" or "CompleteMultipartUpload";

    private static bool IsETag(string? condition) => condition is not (null or "*");

    private static string WithVersion(string action, string? version) =>
        version is not null && ForVersions.TryGetValue(action, out var forVersion) ? forVersion : action;

    /// <summary>The bucket can also be the ARN of an access point.</summary>
    private static string? ResourceOf(string? bucket, string? key) => (bucket, key) switch
    {
        (null, _) => null,
        (_, null) => Arn.Is(bucket) ? bucket : $"arn:{Arn.Partition}:s3:::{bucket}",
        _ => Arn.Is(bucket) ? $"{bucket}/object/{key}" : $"arn:{Arn.Partition}:s3:::{bucket}/{key}",
    };
}
