namespace Dispatcher.Aws.Tests;

public sealed class AwsOperationTests
{
    [TestCase("GetObject")]
    [TestCase("ListObjectsV2")]
    [TestCase("HeadBucket")]
    [TestCase("DescribeTable")]
    [TestCase("Query")]
    [TestCase("Scan")]
    [TestCase("BatchGetItem")]
    [TestCase("TransactGetItems")]
    [TestCase("SelectObjectContent")]
    public void IsRead_Read_IsAllowed(string operation) => Assert.That(AwsOperation.IsRead(operation), Is.True);

    [TestCase("DeleteObject")]
    [TestCase("PutObject")]
    [TestCase("BatchWriteItem")]
    [TestCase("TransactWriteItems")]
    [TestCase("ExecuteStatement")]
    [TestCase("BatchExecuteStatement")]
    [TestCase("ExecuteTransaction")]
    [TestCase("ReceiveMessage")]
    [TestCase("UpdateItem")]
    [TestCase("AbortMultipartUpload")]
    [TestCase("getObject")]
    public void IsRead_AnythingElse_IsRefused(string operation) => Assert.That(AwsOperation.IsRead(operation), Is.False);
}
