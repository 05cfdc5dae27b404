using Amazon.DynamoDBv2.Model;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Dispatcher.Aws;
using Delete = Amazon.DynamoDBv2.Model.Delete;
using S3Tag = Amazon.S3.Model.Tag;
using Tag = Amazon.ECS.Model.Tag;

namespace Dispatcher.Testing.Aws.Tests;

public sealed class RequestPermissionsTests
{
    private const string Table = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/";
    private const string Ecs = "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:";
    private const string S3 = "arn:${AWS::Partition}:s3:::";

    private static IEnumerable<TestCaseData> S3Requests()
    {
        yield return Case("s3", new ListObjectsV2Request { BucketName = "bucket", Prefix = "p/" }, $"s3:ListBucket on {S3}bucket");
        yield return Case("s3", new ListBucketsRequest(), "s3:ListAllMyBuckets on *");
        yield return Case("s3", new GetObjectMetadataRequest { BucketName = "bucket", Key = "k" }, $"s3:GetObject on {S3}bucket/k");
        yield return Case(
            "s3", new GetObjectRequest { BucketName = "bucket", Key = "k", VersionId = "1" }, $"s3:GetObjectVersion on {S3}bucket/k");
        yield return Case(
            "s3",
            new GetObjectTaggingRequest { BucketName = "bucket", Key = "k", VersionId = "1" },
            $"s3:GetObjectVersionTagging on {S3}bucket/k");
        yield return Case(
            "s3",
            new DeleteObjectsRequest
            {
                BucketName = "bucket",
                BypassGovernanceRetention = true,
                Objects = [new KeyVersion { Key = "x", ETag = "e" }, new KeyVersion { Key = "y", VersionId = "1" }],
            },
            $"s3:DeleteObject on {S3}bucket/x",
            $"s3:GetObject on {S3}bucket/x",
            $"s3:BypassGovernanceRetention on {S3}bucket/x",
            $"s3:DeleteObjectVersion on {S3}bucket/y",
            $"s3:BypassGovernanceRetention on {S3}bucket/y");
        yield return Case(
            "s3",
            new CopyObjectRequest { SourceBucket = "source", SourceKey = "k", DestinationBucket = "bucket", DestinationKey = "l" },
            $"s3:GetObject on {S3}source/k",
            $"s3:PutObject on {S3}bucket/l",
            $"s3:GetObjectTagging on {S3}source/k ?",
            $"s3:PutObjectTagging on {S3}bucket/l ?");
        yield return Case(
            "s3",
            new PutObjectRequest
            {
                BucketName = "bucket",
                Key = "k",
                TagSet = [new S3Tag { Key = "t", Value = "v" }],
                CannedACL = S3CannedACL.BucketOwnerFullControl,
                ServerSideEncryptionKeyManagementServiceKeyId = "id",
            },
            $"s3:PutObject on {S3}bucket/k",
            $"s3:PutObjectTagging on {S3}bucket/k",
            $"s3:PutObjectAcl on {S3}bucket/k",
            "kms:GenerateDataKey on arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/id");
        yield return Case(
            "s3", new DeleteObjectRequest { BucketName = "bucket", Key = "k", IfMatch = "*" }, $"s3:DeleteObject on {S3}bucket/k");
        yield return Case(
            "s3",
            new PutObjectRequest { BucketName = "bucket", Key = "k", IfMatch = "e" },
            $"s3:PutObject on {S3}bucket/k",
            $"s3:GetObject on {S3}bucket/k");
        yield return Case(
            "s3",
            new UploadPartRequest { BucketName = "arn:aws:s3:eu-west-1:1:accesspoint/p", Key = "k" },
            "s3:PutObject on arn:aws:s3:eu-west-1:1:accesspoint/p/object/k");
    }

    private static IEnumerable<TestCaseData> DynamoDbRequests()
    {
        yield return Case("dynamodb", new ScanRequest { TableName = "t" }, $"dynamodb:Scan on {Table}t");
        yield return Case("dynamodb", new QueryRequest { TableName = "t", IndexName = "index" }, $"dynamodb:Query on {Table}t/index/index");
        yield return Case(
            "dynamodb",
            new BatchWriteItemRequest { RequestItems = new() { ["t"] = [new WriteRequest(new DeleteRequest())], ["u"] = [] } },
            $"dynamodb:BatchWriteItem on {Table}t",
            $"dynamodb:BatchWriteItem on {Table}u");
        yield return Case(
            "dynamodb",
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new TransactWriteItem { Update = new Update { TableName = "t" } },
                    new TransactWriteItem { Update = new Update { TableName = "t" } },
                    new TransactWriteItem { Delete = new Delete { TableName = "arn:aws:dynamodb:eu-west-1:1:table/u" } },
                    new TransactWriteItem { ConditionCheck = new ConditionCheck { TableName = "t" } },
                ],
            },
            $"dynamodb:UpdateItem on {Table}t",
            "dynamodb:DeleteItem on arn:aws:dynamodb:eu-west-1:1:table/u",
            $"dynamodb:ConditionCheckItem on {Table}t");
        yield return Case(
            "dynamodb",
            new TransactGetItemsRequest { TransactItems = [new TransactGetItem { Get = new Get { TableName = "t" } }] },
            $"dynamodb:GetItem on {Table}t");
        yield return Case("dynamodb", new ListTablesRequest(), "dynamodb:ListTables on *");
    }

    private static IEnumerable<TestCaseData> Statements()
    {
        yield return new TestCaseData(
            """SELECT id, "from" FROM "t"."index" WHERE id = ?""", $"dynamodb:PartiQLSelect on {Table}t/index/index");
        yield return new TestCaseData("select * from t", $"dynamodb:PartiQLSelect on {Table}t");
        yield return new TestCaseData("""INSERT INTO "t" VALUE {'id': 'SELECT x FROM y'}""", $"dynamodb:PartiQLInsert on {Table}t");
        yield return new TestCaseData("""UPDATE "t" SET a = 1 WHERE id = 'x'""", $"dynamodb:PartiQLUpdate on {Table}t");
        yield return new TestCaseData("""DELETE FROM "t" WHERE id = 'x'""", $"dynamodb:PartiQLDelete on {Table}t");
    }

    private static IEnumerable<TestCaseData> OtherRequests()
    {
        yield return Case(
            "sqs",
            new SendMessageBatchRequest { QueueUrl = "https://sqs.eu-west-1.amazonaws.com/1/q" },
            "sqs:SendMessage on arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:q");
        yield return Case(
            "sqs", new GetQueueUrlRequest("q"), "sqs:GetQueueUrl on arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:q");
        yield return Case(
            "ecs",
            new RunTaskRequest
            {
                Cluster = "c",
                TaskDefinition = "report",
                Tags = [new Tag { Key = "k", Value = "v" }],
                Overrides = new TaskOverride { TaskRoleArn = "arn:aws:iam::1:role/r" },
            },
            $"ecs:RunTask on {Ecs}task-definition/report:*",
            "iam:PassRole on arn:aws:iam::1:role/r",
            "iam:PassRole ?",
            $"ecs:TagResource on {Ecs}task/c/*");
        yield return Case(
            "ecs",
            new DescribeTasksRequest { Cluster = "arn:aws:ecs:eu-west-1:1:cluster/c", Tasks = ["1", "arn:aws:ecs:eu-west-1:1:task/c/2"] },
            $"ecs:DescribeTasks on {Ecs}task/c/1",
            "ecs:DescribeTasks on arn:aws:ecs:eu-west-1:1:task/c/2");
        yield return Case("ecs", new ListTasksRequest { Cluster = "c" }, "ecs:ListTasks on *");
        yield return Case("ssm", new GetParameterRequest { Name = "/a/b:3", WithDecryption = true },
            "ssm:GetParameter on arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/a/b",
            "kms:Decrypt ?");
        yield return Case(
            "ssm",
            new Amazon.SimpleSystemsManagement.Model.SendCommandRequest
            {
                DocumentName = "AWS-RunShellScript", InstanceIds = ["i-1", "mi-2"],
            },
            "ssm:SendCommand on arn:${AWS::Partition}:ssm:${AWS::Region}::document/AWS-RunShellScript",
            "ssm:SendCommand on arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/i-1",
            "ssm:SendCommand on arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:managed-instance/mi-2");
        yield return Case(
            "ssm",
            new Amazon.SimpleSystemsManagement.Model.SendCommandRequest
            {
                DocumentName = "Own", Targets = [new Amazon.SimpleSystemsManagement.Model.Target { Key = "tag:a" }],
            },
            "ssm:SendCommand on arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:document/Own",
            "ssm:SendCommand on arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*");
        yield return Case("ssm", new Amazon.SimpleSystemsManagement.Model.ListCommandsRequest(), "ssm:ListCommands on *");
        yield return Case("secretsmanager", new GetSecretValueRequest { SecretId = "a/b" },
            "secretsmanager:GetSecretValue on arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:a/b-??????",
            "kms:Decrypt ?");
        yield return Case("cloudwatch", new PutMetricDataRequest(), "cloudwatch:PutMetricData on *");
        yield return Case("lambda", new InvokeRequest(), "lambda:InvokeFunction");
        yield return Case("sns", new PublishRequest { TopicArn = "arn:aws:sns:eu-west-1:1:t" }, "sns:Publish on arn:aws:sns:eu-west-1:1:t");
    }

    [TestCaseSource(nameof(S3Requests))]
    [TestCaseSource(nameof(DynamoDbRequests))]
    [TestCaseSource(nameof(OtherRequests))]
    public void Of_Request_IsWhatItNeeds(string service, AmazonWebServiceRequest request, string[] permissions)
    {
        var operation = request.GetType().Name[..^"Request".Length];

        Assert.That(Describe(RequestPermissions.Of(new AwsRequest(service, operation, request))), Is.EqualTo(permissions));
    }

    [TestCaseSource(nameof(Statements))]
    public void Of_PartiQl_IsWhatTheStatementNeeds(string statement, string permission)
    {
        var batch = new BatchExecuteStatementRequest { Statements = [new BatchStatementRequest { Statement = statement }] };
        var single = new ExecuteStatementRequest { Statement = statement };

        Assert.That(Describe(RequestPermissions.Of(new AwsRequest("dynamodb", "ExecuteStatement", single))), Is.EqualTo([permission]));
        Assert.That(Describe(RequestPermissions.Of(new AwsRequest("dynamodb", "BatchExecuteStatement", batch))), Is.EqualTo([permission]));
    }

    private static TestCaseData Case(string service, AmazonWebServiceRequest request, params string[] permissions) =>
        new TestCaseData(service, request, permissions).SetArgDisplayNames(request.GetType().Name, string.Join(", ", permissions));

    private static IEnumerable<string> Describe(IEnumerable<AwsPermission> permissions) =>
        permissions.Select(static permission => permission.IsUncertain ? $"{permission} ?" : permission.ToString());

    // Requests of services whose packages these tests do not need: their properties are read by name.
    private sealed class GetParameterRequest : AmazonWebServiceRequest
    {
        public string? Name { get; set; }

        public bool? WithDecryption { get; set; }
    }

    private sealed class GetSecretValueRequest : AmazonWebServiceRequest
    {
        public string? SecretId { get; set; }
    }

    private sealed class PutMetricDataRequest : AmazonWebServiceRequest;

    private sealed class InvokeRequest : AmazonWebServiceRequest;

    private sealed class PublishRequest : AmazonWebServiceRequest
    {
        public string? TopicArn { get; set; }
    }
}
