using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;

namespace Dispatcher.Aws.Tests;

public sealed class IamActionsTests
{
    [TestCase("s3", "ListObjectsV2", "s3:ListBucket")]
    [TestCase("s3", "GetObjectMetadata", "s3:GetObject")]
    [TestCase("s3", "DeleteObjects", "s3:DeleteObject")]
    [TestCase("s3", "GetObjectTagging", "s3:GetObjectTagging")]
    [TestCase("s3", "CopyObject", "s3:GetObject", "s3:PutObject")]
    [TestCase("dynamodb", "BatchWriteItem", "dynamodb:BatchWriteItem")]
    [TestCase("sqs", "SendMessageBatch", "sqs:SendMessage")]
    [TestCase("ecs", "RunTask", "ecs:RunTask")]
    public void Of_Operation_IsItsActions(string service, string operation, params string[] actions) =>
        Assert.That(IamActions.Of(service, operation), Is.EqualTo(actions));

    [TestCase(typeof(AmazonS3Client), "s3", "AbortMultipartUpload", "CopyObject", "CopyPart", "DeleteBucketEncryption",
        "DeleteBucketTagging", "DeleteCORSConfiguration", "DeleteLifecycleConfiguration", "DeleteObjects", "DeletePublicAccessBlock",
        "GetBucketAccelerateConfiguration", "GetBucketEncryption", "GetBucketReplication", "GetCORSConfiguration",
        "GetObjectAttributes", "GetObjectLockConfiguration", "GetObjectMetadata", "GetPublicAccessBlock", "HeadBucket",
        "InitiateMultipartUpload", "ListBuckets", "ListMultipartUploads", "ListObjects", "ListObjectsV2", "ListParts", "ListVersions",
        "PutBucket", "PutBucketAccelerateConfiguration", "PutBucketEncryption", "PutBucketReplication", "PutCORSConfiguration",
        "PutObjectLockConfiguration", "PutPublicAccessBlock", "SelectObjectContent", "UploadPart", "CompleteMultipartUpload")]
    [TestCase(typeof(AmazonDynamoDBClient), "dynamodb", "BatchExecuteStatement", "ExecuteStatement", "ExecuteTransaction",
        "TransactGetItems", "TransactWriteItems")]
    [TestCase(typeof(AmazonSQSClient), "sqs", "ChangeMessageVisibilityBatch", "DeleteMessageBatch", "SendMessageBatch")]
    public void Of_NamesOfTheTable_AreOperationsOfTheSdk(Type client, string service, params string[] operations)
    {
        var requests = client.Assembly.GetTypes().Where(static type => type.IsAssignableTo(typeof(AmazonWebServiceRequest)))
            .Select(static type => type.Name);

        Assert.That(operations.Select(static operation => $"{operation}Request"), Is.SubsetOf(requests), service);
    }
}
