using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SQS;
using Dispatcher.Aws;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>
/// Two jobs with a role each, on a server that enforces the policies: one may read a bucket, the other may send to a queue. The user whose
/// credentials the function has may only assume the two roles.
/// </summary>
[NonParallelizable]
internal sealed class JobRoleEnforcementTests
{
    private const string Bucket = "role-bucket";
    private const string Queue = "role-queue";

    private EnforcedMoto _moto = null!;
    private IAsyncDisposable _enforcement = null!;
    private JobHarness _harness = null!;
    private string _queueUrl = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedEnforcedMoto.GetAsync();
        using (var s3 = _moto.Server.CreateS3())
        {
            await s3.PutBucketAsync(Bucket);
        }

        using (var sqs = _moto.Server.CreateSqs())
        {
            _queueUrl = (await sqs.CreateQueueAsync(Queue)).QueueUrl;
        }

        string[] roles =
        [
            await _moto.CreateRoleAsync("reader", Allow("s3:ListBucket", $"arn:aws:s3:::{Bucket}")),
            await _moto.CreateRoleAsync(
                "sender", Allow("sqs:SendMessage", $"arn:aws:sqs:{EnforcedMoto.Region}:{EnforcedMoto.Account}:{Queue}")),
            await _moto.CreateRoleAsync("stranger", Allow("s3:ListBucket", $"arn:aws:s3:::{Bucket}"), principal: "somebody"),
        ];
        var foreign = await _moto.CreateRoleAsync("foreign", Allow("s3:ListBucket", $"arn:aws:s3:::{Bucket}"));
        _harness = CreateHarness([.. roles, foreign]);
        _enforcement = await _moto.EnforceAsync(Allow("sts:AssumeRole", roles));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _harness.DisposeAsync();
        await _enforcement.DisposeAsync();
    }

    [TestCase("read-bucket", "bucket")]
    [TestCase("send-message", "queue")]
    public async Task RunAsync_WhatTheJobMay_Succeeds(string job, string what)
    {
        var record = await RunAsync(job, what);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
    }

    [TestCase("read-bucket", "queue", "assumed-role/reader/read-bucket-")]
    [TestCase("send-message", "bucket", "Allow s3:ListBucket")]
    public async Task RunAsync_WhatOnlyTheOtherJobMay_IsDenied(string job, string what, string expected)
    {
        var record = await RunAsync(job, what);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain("AccessDenied").And.Contain(expected));
    }

    [TestCase("not-trusted", "stranger")]
    [TestCase("not-allowed", "foreign")]
    public async Task RunAsync_RoleThatTheFunctionMayNotAssume_IsDeniedAndNamed(string job, string role)
    {
        var record = await RunAsync(job, "bucket");

        Assert.That(record.Summary, Does.StartWith(
            $"Job '{job}' cannot use its role arn:aws:iam::{EnforcedMoto.Account}:role/{role}. STS AssumeRole failed: AccessDenied"));
    }

    [Test]
    public async Task RunAsync_BothJobsAtOnce_AreAllowedAndDeniedAsAlone()
    {
        var records = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => RunAsync(
            number % 2 == 0 ? "read-bucket" : "send-message", number % 4 < 2 ? "bucket" : "queue")));

        Assert.That(
            records.Select(record => record.Status),
            Is.EqualTo(Enumerable.Range(0, 40).Select(number => number % 4 is 0 or 3 ? JobStatus.Succeeded : JobStatus.Failed)));
    }

    [Test]
    public void Call_WithTheFunctionsOwnCredentials_IsDenied()
    {
        using var s3 = _moto.Server.CreateS3(credentials: _moto.Credentials);
        using var sqs = _moto.Server.CreateSqs(_moto.Credentials);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => s3.ListObjectsV2Async(new() { BucketName = Bucket }), Throws.InstanceOf<AmazonS3Exception>()
                .With.Property(nameof(AmazonServiceException.ErrorCode)).EqualTo("AccessDenied"));
            Assert.That(() => sqs.SendMessageAsync(_queueUrl, "Hello."), Throws.InstanceOf<AmazonSQSException>()
                .With.Property(nameof(AmazonServiceException.ErrorCode)).Contains("AccessDenied"));
        }
    }

    private static string Allow(string action, params string[] resources) => JsonSerializer.Serialize(new
    {
        Version = "2012-10-17",
        Statement = new[] { new { Effect = "Allow", Action = action, Resource = resources } },
    });

    private Task<RunRecord> RunAsync(string job, string what) =>
        _harness.RunAsync($$"""{"job":"{{job}}","id":"{{what}}"}""");

    private JobHarness CreateHarness(string[] roles) => new(
        builder =>
        {
            var url = _moto.Server.Endpoint.ToString();
            builder.Services.AddSingleton(new Work(_queueUrl));
            builder.Services.AddKeyedSingleton<IAmazonSecurityTokenService>(
                AwsClientBuilderExtensions.RolesClientKey,
                (_, _) => new AmazonSecurityTokenServiceClient(
                    _moto.Credentials,
                    new AmazonSecurityTokenServiceConfig { ServiceURL = url, AuthenticationRegion = EnforcedMoto.Region }));
            builder
                .AddAwsClient<IAmazonS3>(() => new AmazonS3Client(
                    new AmazonS3Config { ServiceURL = url, AuthenticationRegion = EnforcedMoto.Region, ForcePathStyle = true }))
                .AddAwsClient<IAmazonSQS>(() => new AmazonSQSClient(
                    new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = EnforcedMoto.Region }))
                .AddJob<AnyJob>("read-bucket")
                .AddJob<AnyJob>("send-message")
                .AddJob<AnyJob>("not-trusted")
                .AddJob<AnyJob>("not-allowed");
        },
        new Dictionary<string, string?>
        {
            ["JOB_ROLE_READ_BUCKET"] = roles[0],
            ["JOB_ROLE_SEND_MESSAGE"] = roles[1],
            ["JOB_ROLE_NOT_TRUSTED"] = roles[2],
            ["JOB_ROLE_NOT_ALLOWED"] = roles[3],
        });

    private sealed record Work(string QueueUrl);

    /// <summary>A job that does what the id of its slot says.</summary>
    private sealed class AnyJob(IAmazonS3 s3, IAmazonSQS sqs, Work work) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            if (context.Request.Id == "bucket")
            {
                await s3.ListObjectsV2Async(new() { BucketName = Bucket }, cancellationToken);
            }
            else
            {
                await sqs.SendMessageAsync(work.QueueUrl, "Hello.", cancellationToken);
            }

            return JobResult.Succeeded("Done.");
        }
    }
}
