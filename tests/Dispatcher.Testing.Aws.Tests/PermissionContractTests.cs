using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Aws;
using Dispatcher.Testing.Aws.Fakes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Testing.Aws.Tests;

public sealed class PermissionContractTests
{
    private const string Archive = """{"job":"archive"}""";
    private const string Bucket = "arn:${AWS::Partition}:s3:::${LogsBucketName}";

    private PermissionContract _contract = new();

    [SetUp]
    public void Create() => _contract = new PermissionContract();

    [Test]
    public async Task Verify_AllowsExactlyWhatRunsNeeded_Passes()
    {
        var contract = await RunAsync(deploy => deploy
            .Allow(Bucket, "s3:ListBucket")
            .Allow($"{Bucket}/logs/*", "s3:GetObject", "s3:DeleteObject"));

        Assert.That(contract.Verify, Throws.Nothing);
        Assert.That(
            contract.Operations.Select(static operation => operation.Name),
            Is.EqualTo(new[] { "ListObjectsV2", "GetObject", "DeleteObject", "GetObject", "DeleteObject" }));
    }

    [Test]
    public async Task Verify_ActionIsMissing_NamesItTheArnsAndTheLine()
    {
        var contract = await RunAsync(deploy => deploy.Allow(Bucket, "s3:ListBucket").Allow($"{Bucket}/logs/*", "s3:GetObject"));

        var message = Assert.Throws<JobContractException>(contract.Verify)!.Message.Split(Environment.NewLine);

        Assert.That(message, Is.EqualTo(new[]
        {
            "The registration of 'archive' has to allow what the job needs, and nothing else.",
            "- Missing: s3:DeleteObject, which s3 DeleteObject needs on arn:${AWS::Partition}:s3:::my-logs/logs/a, "
                + "arn:${AWS::Partition}:s3:::my-logs/logs/b. Add to its deployment:",
            """  .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}/logs/*", "s3:DeleteObject")""",
            "A run ended as Succeeded: Done.",
        }));
    }

    [Test]
    public async Task Verify_NothingOfTheServiceIsDeclared_WritesTheLineWithTheParameterAndTheFolder()
    {
        var contract = await RunAsync(deploy => deploy.Allow("*", "sqs:ListQueues"));

        var message = Assert.Throws<JobContractException>(contract.Verify)!.Message;

        Assert.That(message, Does.Contain("""
            .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}", "s3:ListBucket")
            """));
        Assert.That(message, Does.Contain("""
            .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}/logs/*", "s3:GetObject")
            """));
        Assert.That(message, Does.Contain("- Not needed by any run: sqs:ListQueues on *."));
    }

    [Test]
    public async Task Verify_ResourceIsAnother_IsMissingAndNotNeeded()
    {
        var contract = await RunAsync(deploy => deploy
            .Allow(Bucket, "s3:ListBucket")
            .Allow($"{Bucket}/archive/*", "s3:GetObject", "s3:DeleteObject"));

        var message = Assert.Throws<JobContractException>(contract.Verify)!.Message;

        Assert.That(message, Does.Contain("- Missing: s3:GetObject"));
        Assert.That(message, Does.Contain($"- Not needed by any run: s3:GetObject on {Bucket}/archive/*"));
    }

    [Test]
    public async Task Verify_ActionThatNoRunNeeded_NamesIt()
    {
        var contract = await RunAsync(deploy => deploy
            .Allow(Bucket, "s3:ListBucket")
            .Allow($"{Bucket}/logs/*", "s3:GetObject", "s3:DeleteObject", "s3:PutObject"));

        Assert.That(
            contract.Verify,
            Throws.TypeOf<JobContractException>().With.Message.Contains(
                $"- Not needed by any run: s3:PutObject on {Bucket}/logs/*. Remove the action, or add a run"));
    }

    [Test]
    public async Task Verify_ActionIsAssumed_Passes()
    {
        var contract = await RunAsync(deploy => deploy
            .Allow(Bucket, "s3:ListBucket")
            .Allow($"{Bucket}/logs/*", "s3:GetObject", "s3:DeleteObject")
            .Allow("*", "ssm:GetParameter"));

        Assert.That(contract.Assume("ssm:GetParameter", "the secrets extension reads it").Verify, Throws.Nothing);
    }

    [Test]
    public async Task Verify_AssumptionIsNotNeeded_NamesIt()
    {
        var contract = await RunAsync(deploy => deploy
            .Allow(Bucket, "s3:ListBucket")
            .Allow($"{Bucket}/logs/*", "s3:GetObject", "s3:DeleteObject"));

        Assert.That(contract.Assume("s3:GetObject", "really").Verify, Throws.TypeOf<JobContractException>().With.Message.Contains(
            """Assume("s3:GetObject") is not needed"""));
    }

    [Test]
    public async Task Verify_SeveralRuns_JudgesThemTogether()
    {
        static void Allow(JobDeployment deploy) => deploy
            .Allow(Bucket, "s3:ListBucket")
            .Allow($"{Bucket}/logs/*", "s3:GetObject", "s3:DeleteObject");

        await RunAsync(Allow, objects: []);
        Assert.That(_contract.Verify, Throws.TypeOf<JobContractException>());

        await RunAsync(Allow);
        Assert.That(_contract.Verify, Throws.Nothing);
    }

    [Test]
    public async Task Verify_DryRunOnly_NeedsLess()
    {
        await RunAsync(
            deploy => deploy.Allow(Bucket, "s3:ListBucket").Allow($"{Bucket}/logs/*", "s3:GetObject", "s3:DeleteObject"),
            """{"job":"archive","dryRun":true}""");

        Assert.That(
            _contract.Verify, Throws.TypeOf<JobContractException>().With.Message.Contains("Not needed by any run: s3:DeleteObject"));
    }

    [Test]
    public void Verify_NoRun_SaysSo() =>
        Assert.That(
            new PermissionContract().Assume("s3:GetObject", "x").Verify,
            Throws.TypeOf<JobContractException>().With.Message.Contains("There was no run"));

    [Test]
    public void RunAsync_ParameterWithoutValue_NamesItAndTheRemedy() =>
        Assert.That(
            () => RunAsync(deploy => deploy.Parameter("QueueName").Allow("arn:aws:sqs:*:*:${QueueName}", "sqs:SendMessage")),
            Throws.TypeOf<JobContractException>().With.Message.Contains("'QueueName', which has no value").And.Message.Contains(
                "new PermissionContract("));

    [Test]
    public async Task RunAsync_AnotherJob_IsRefused()
    {
        await RunAsync(static deploy => deploy.Allow(Bucket, "s3:ListBucket"));

        Assert.That(
            () => _contract.RunAsync(new JobHarness(static _ => { }), """{"job":"other"}"""),
            Throws.ArgumentException.With.Message.Contains("'archive'").And.Message.Contains("'other'"));
    }

    [TestCase("ssm", "ssm:GetParameter")]
    [TestCase("other", "secretsmanager:GetSecretValue")]
    public async Task Verify_PermissionsUnderConditions_CountsThoseThatAreGranted(string store, string action)
    {
        var contract = new PermissionContract(new Dictionary<string, string> { ["Store"] = store });
        await RunAsync(
            deploy => deploy
                .Parameter("Store", parameter => parameter.OneOf("ssm", "other"))
                .Condition("IsParameter", "Store", "ssm")
                .Allow(new JobPermission("*", "ssm:GetParameter") { When = "IsParameter" })
                .Allow(new JobPermission("*", "secretsmanager:GetSecretValue") { Unless = "IsParameter" })
                .Allow("*", "s3:*"),
            contract: contract);

        Assert.That(contract.Verify, Throws.TypeOf<JobContractException>().With.Message.Contains($"Not needed by any run: {action} on *"));
        Assert.That(contract.Assume(action, "the extension").Verify, Throws.Nothing);
    }

    private async Task<PermissionContract> RunAsync(
        Action<JobDeployment> declare, string payload = Archive, string[]? objects = null, PermissionContract? contract = null)
    {
        var world = new FakeAws(TimeProvider.System);
        var bucket = world.S3.CreateBucket("my-logs");
        foreach (var key in objects ?? ["logs/a", "logs/b"])
        {
            bucket.Put(key, new byte[] { 1 });
        }

        await using var harness = new JobHarness(
            builder => builder
                .AddAwsClient<IAmazonS3>(() => world.CreateS3(new FakeCaller("archive")))
                .AddJob<ArchiveJob>("archive", options => options.Deploy(deploy =>
                {
                    deploy.Setting("LOGS_BUCKET", "LogsBucketName", required: true);
                    declare(deploy);
                })),
            new Dictionary<string, string?> { ["LOGS_BUCKET"] = "my-logs" });
        contract ??= _contract;
        var record = await contract.RunAsync(harness, payload);
        Assert.That(record.Status, Is.Not.EqualTo(JobStatus.Failed), record.Summary);
        return contract;
    }

    private sealed class ArchiveJob(IAmazonS3 s3) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            var list = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "my-logs" }, cancellationToken);
            foreach (var item in list.S3Objects ?? [])
            {
                using var content = await s3.GetObjectAsync("my-logs", item.Key, cancellationToken);
                await context.Changes.TryApplyAsync(
                    new Change("s3:DeleteObject", item.Key), stop => s3.DeleteObjectAsync("my-logs", item.Key, stop), cancellationToken);
            }

            return JobResult.Succeeded("Done.");
        }
    }
}
