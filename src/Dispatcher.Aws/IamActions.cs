using System.Collections.Frozen;

namespace Dispatcher.Aws;

/// <summary>
/// The IAM actions of operations. An operation is an action of the same name, except for those in the table, which follows the Service
/// Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html, and <c>list_dynamodb</c>,
/// <c>list_sqs</c>, <c>list_lambda</c> beside it). The names of operations are the SDK's own for .NET.
/// </summary>
public static class IamActions
{
    private static readonly FrozenDictionary<string, string[]> Exceptions = new Dictionary<string, string[]>
    {
        ["dynamodb:BatchExecuteStatement"] = ["dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert", "dynamodb:PartiQLSelect",
            "dynamodb:PartiQLUpdate"],
        ["dynamodb:ExecuteStatement"] = ["dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert", "dynamodb:PartiQLSelect",
            "dynamodb:PartiQLUpdate"],
        ["dynamodb:ExecuteTransaction"] = ["dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert", "dynamodb:PartiQLSelect",
            "dynamodb:PartiQLUpdate"],
        ["dynamodb:TransactGetItems"] = ["dynamodb:GetItem"],
        ["dynamodb:TransactWriteItems"] = ["dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem",
            "dynamodb:UpdateItem"],
        ["lambda:Invoke"] = ["lambda:InvokeFunction"],
        ["lambda:InvokeWithResponseStream"] = ["lambda:InvokeFunction"],
        ["s3:CompleteMultipartUpload"] = ["s3:PutObject"],
        ["s3:CopyObject"] = ["s3:GetObject", "s3:PutObject"],
        ["s3:CopyPart"] = ["s3:GetObject", "s3:PutObject"],
        ["s3:DeleteBucketEncryption"] = ["s3:PutEncryptionConfiguration"],
        ["s3:DeleteBucketTagging"] = ["s3:PutBucketTagging"],
        ["s3:DeleteCORSConfiguration"] = ["s3:PutBucketCORS"],
        ["s3:DeleteLifecycleConfiguration"] = ["s3:PutLifecycleConfiguration"],
        ["s3:DeleteObjects"] = ["s3:DeleteObject"],
        ["s3:DeletePublicAccessBlock"] = ["s3:PutBucketPublicAccessBlock"],
        ["s3:GetBucketAccelerateConfiguration"] = ["s3:GetAccelerateConfiguration"],
        ["s3:GetBucketEncryption"] = ["s3:GetEncryptionConfiguration"],
        ["s3:GetBucketReplication"] = ["s3:GetReplicationConfiguration"],
        ["s3:GetCORSConfiguration"] = ["s3:GetBucketCORS"],
        ["s3:GetObjectAttributes"] = ["s3:GetObject", "s3:GetObjectAttributes"],
        ["s3:GetObjectLockConfiguration"] = ["s3:GetBucketObjectLockConfiguration"],
        ["s3:GetObjectMetadata"] = ["s3:GetObject"],
        ["s3:GetPublicAccessBlock"] = ["s3:GetBucketPublicAccessBlock"],
        ["s3:HeadBucket"] = ["s3:ListBucket"],
        ["s3:InitiateMultipartUpload"] = ["s3:PutObject"],
        ["s3:ListBuckets"] = ["s3:ListAllMyBuckets"],
        ["s3:ListMultipartUploads"] = ["s3:ListBucketMultipartUploads"],
        ["s3:ListObjects"] = ["s3:ListBucket"],
        ["s3:ListObjectsV2"] = ["s3:ListBucket"],
        ["s3:ListParts"] = ["s3:ListMultipartUploadParts"],
        ["s3:ListVersions"] = ["s3:ListBucketVersions"],
        ["s3:PutBucket"] = ["s3:CreateBucket"],
        ["s3:PutBucketAccelerateConfiguration"] = ["s3:PutAccelerateConfiguration"],
        ["s3:PutBucketEncryption"] = ["s3:PutEncryptionConfiguration"],
        ["s3:PutBucketReplication"] = ["s3:PutReplicationConfiguration"],
        ["s3:PutCORSConfiguration"] = ["s3:PutBucketCORS"],
        ["s3:PutObjectLockConfiguration"] = ["s3:PutBucketObjectLockConfiguration"],
        ["s3:PutPublicAccessBlock"] = ["s3:PutBucketPublicAccessBlock"],
        ["s3:SelectObjectContent"] = ["s3:GetObject"],
        ["s3:UploadPart"] = ["s3:PutObject"],
        ["sqs:ChangeMessageVisibilityBatch"] = ["sqs:ChangeMessageVisibility"],
        ["sqs:DeleteMessageBatch"] = ["sqs:DeleteMessage"],
        ["sqs:SendMessageBatch"] = ["sqs:SendMessage"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Gets the actions that an operation can need. What its request holds decides which of them it does need.</summary>
    /// <param name="service">The service as policies name it, for example <c>s3</c>.</param>
    /// <param name="operation">The operation as the SDK names it, for example <c>ListObjectsV2</c>.</param>
    /// <returns>The actions, for example <c>s3:ListBucket</c>; at least one.</returns>
    public static IReadOnlyList<string> Of(string service, string operation)
    {
        var action = $"{service}:{operation}";
        return Exceptions.TryGetValue(action, out var actions) ? actions : [action];
    }
}
