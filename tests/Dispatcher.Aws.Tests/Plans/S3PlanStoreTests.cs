using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Aws.Plans;
using Moq;

namespace Dispatcher.Aws.Tests.Plans;

/// <summary>Plans are in the configured bucket only.</summary>
public sealed class S3PlanStoreTests
{
    private static readonly Lazy<IAmazonS3> NoClient = new(static () => throw new InvalidOperationException("S3 was called."));

    [TestCase("s3://plans-of-acme/plans/a.jsonl.gz", true)]
    [TestCase("s3://plans-of-acme/plans/cleanup/", true)]
    [TestCase("s3://plans-of-acme/audit/a.jsonl", false)]
    [TestCase("s3://plans-of-acme.evil/plans/a.jsonl", false)]
    [TestCase("s3://someone-else/plans/a.jsonl", false)]
    [TestCase("s3://plans-of-acme", false)]
    [TestCase("S3://plans-of-acme/plans/a.jsonl", false)]
    [TestCase("s3://plans-of-acme@evil/plans/a.jsonl", false)]
    public void EnsureAllowed_Location_IsInTheConfiguredBucket(string location, bool allowed)
    {
        var store = new S3PlanStore(new PlanBucketSettings("plans-of-acme"), NoClient);

        Assert.That(store.Handles(location), Is.True);
        Assert.That(
            () => store.EnsureAllowed(location),
            allowed
                ? Throws.Nothing
                : Throws.TypeOf<PermanentJobException>().With.Message.EqualTo(
                    $"The plan '{location}' is refused: plans are in s3://plans-of-acme/plans/ only (PLAN_BUCKET)."));
    }

    [Test]
    public void EnsureAllowed_NoBucketIsConfigured_NamesTheSetting() => Assert.That(
        () => new S3PlanStore(null, NoClient).EnsureAllowed("s3://any/plans/a"),
        Throws.TypeOf<PermanentJobException>().With.Message.Contains("Set PLAN_BUCKET."));

    [Test]
    public void Open_SomeoneElsesBucket_CallsNothing() => Assert.That(
        () => new S3PlanStore(new PlanBucketSettings("plans-of-acme"), NoClient).OpenAsync("s3://someone-else/plans/a"),
        Throws.TypeOf<PermanentJobException>());

    [Test]
    public async Task OpenAndPublish_AccountIsConfigured_AskS3ToRefuseABucketOfAnother()
    {
        var s3 = new Mock<IAmazonS3>(MockBehavior.Strict);
        s3.Setup(client => client.GetObjectAsync(
                It.Is<GetObjectRequest>(request => request.ExpectedBucketOwner == "111122223333"), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GetObjectResponse { ResponseStream = Stream.Null });
        s3.Setup(client => client.PutObjectAsync(
                It.Is<PutObjectRequest>(request => request.ExpectedBucketOwner == "111122223333"), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PutObjectResponse());
        var store = new S3PlanStore(
            new PlanBucketSettings("plans-of-acme") { Account = "111122223333" }, new Lazy<IAmazonS3>(() => s3.Object));

        await store.OpenAsync("s3://plans-of-acme/plans/a.jsonl");
        await store.PublishAsync("s3://plans-of-acme/plans/a.jsonl", Stream.Null);

        s3.VerifyAll();
    }

    [TestCase("/etc/passwd")]
    [TestCase("plan.jsonl")]
    [TestCase("https://plans-of-acme.s3.amazonaws.com/plans/a")]
    public void Handles_AnythingElse_IsFalse(string location) =>
        Assert.That(new S3PlanStore(null, NoClient).Handles(location), Is.False);
}
