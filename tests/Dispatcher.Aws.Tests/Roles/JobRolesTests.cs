using System.Collections.Concurrent;
using System.Net;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests.Roles;

[NonParallelizable]
public sealed class JobRolesTests
{
    private const string Own = "KEYown";
    private const string Account = "arn:aws:iam::123456789012:role/";

    private static readonly string[] Variables = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

    private readonly Dictionary<string, string?> _environment = [];

    [OneTimeSetUp]
    public void GiveFunctionCredentials()
    {
        foreach (var name in Variables)
        {
            _environment[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, Own);
        }
    }

    [OneTimeTearDown]
    public void RestoreEnvironment()
    {
        foreach (var (name, value) in _environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [Test]
    public async Task Run_TwoJobsInterleaved_EachCallHasTheKeyOfItsJob()
    {
        var aws = new RecordedAws();
        await using var harness = CreateHarness(aws, WorkInParallelAsync);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(
            number => harness.RunAsync($$"""{"job":"{{(number % 2 == 0 ? "first" : "second")}}"}""")));

        Assert.That(aws.Calls, Has.Count.EqualTo(40 * 8));
        Assert.That(aws.Calls.Distinct(), Is.EquivalentTo(new[] { ("first", "KEYfirst"), ("second", "KEYsecond") }));
    }

    [Test]
    public async Task Run_ManyCallsAtOnceAndManyRuns_AssumesEachRoleOnce()
    {
        var aws = new RecordedAws();
        await using var harness = CreateHarness(aws, WorkInParallelAsync);

        var record = await harness.RunAsync("""{"job":"first"}""");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => harness.RunAsync("""{"job":"first"}""")));

        Assert.That(aws.Sessions, Is.EqualTo(new[] { $"first-{record.RunId[..13]}" }));
    }

    [Test]
    public async Task Run_AfterARestoreFromASnapshot_AssumesTheRoleAnew()
    {
        var aws = new RecordedAws();
        await using var harness = CreateHarness(aws, WorkInParallelAsync);
        var before = await harness.RunAsync("""{"job":"first"}""");

        foreach (var state in harness.Services.GetServices<ISnapshotState>())
        {
            state.Discard();
        }

        var after = await harness.RunAsync("""{"job":"first"}""");
        Assert.That(aws.Sessions, Is.EqualTo(new[] { $"first-{before.RunId[..13]}", $"first-{after.RunId[..13]}" }));
    }

    [Test]
    public async Task Run_CredentialsAboutToExpire_AreRenewed()
    {
        var aws = new RecordedAws { Lifetime = TimeSpan.FromSeconds(30) };
        await using var harness = CreateHarness(aws, static (s3, context, token) => ListAsync(s3, context.Job, token));

        await harness.RunAsync("""{"job":"first"}""");
        var before = aws.Sessions.Count;
        await harness.RunAsync("""{"job":"first"}""");

        Assert.That(aws.Sessions, Has.Count.GreaterThan(before));
    }

    [Test]
    public async Task Run_SinksAndAuditDuringTheRun_UseTheCredentialsOfTheFunction()
    {
        var aws = new RecordedAws();
        await using var harness = CreateHarness(
            aws,
            static (s3, context, token) => context.Changes.ApplyAsync(
                new Change("s3:Test", "s3://first/key"), stop => ListAsync(s3, context.Job, stop), token),
            static services => services.AddSingleton<IAuditSink, CallingSink>().AddSingleton<IRunSink, CallingSink>());

        var record = await harness.RunAsync("""{"job":"first"}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(aws.Calls, Is.EquivalentTo(new[] { ("host", Own), ("first", "KEYfirst"), ("host", Own), ("host", Own) }));
    }

    [Test]
    public async Task Run_WorkThatGoesOnAfterTheRun_KeepsItsJob()
    {
        var aws = new RecordedAws();
        var release = new TaskCompletionSource();
        Task? rest = null;
        await using var harness = CreateHarness(aws, (s3, context, _) =>
        {
            rest = Task.Run(async () =>
            {
                await release.Task;
                await ListAsync(s3, context.Job, CancellationToken.None);
            }, CancellationToken.None);
            return Task.CompletedTask;
        });

        await harness.RunAsync("""{"job":"first"}""");
        release.SetResult();
        await rest!;

        Assert.That(aws.Calls, Is.EqualTo(new[] { ("first", "KEYfirst") }));
    }

    [Test]
    public async Task Run_RoleDenied_NamesJobRoleAndRemedyAfterOneRequest()
    {
        var aws = new RecordedAws { Refusal = (HttpStatusCode.Forbidden, "AccessDenied") };
        await using var harness = CreateHarness(aws, static (s3, context, token) => ListAsync(s3, context.Job, token));

        var record = await harness.RunAsync("""{"job":"first"}""");

        Assert.That(record.Summary, Does.StartWith($"Job 'first' cannot use its role {Account}first.")
            .And.Contain("AccessDenied").And.Contain("sts:AssumeRole").And.Contain("trust policy"));
        Assert.That((record.Attempts, aws.Sessions.Count, aws.Calls.Count), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public async Task Run_StsFails_IsTriedAsOftenAsTheSdkDoesAndNoMore()
    {
        var aws = new RecordedAws { Refusal = (HttpStatusCode.InternalServerError, "InternalFailure") };
        await using var harness = CreateHarness(aws, static (s3, context, token) => ListAsync(s3, context.Job, token));

        var record = await harness.RunAsync("""{"job":"first"}""");

        Assert.That(record.Summary, Does.StartWith($"Job 'first' cannot use its role {Account}first."));
        Assert.That((record.Attempts, aws.Sessions.Count, aws.Calls.Count), Is.EqualTo((1, 2, 0)));
    }

    [Test]
    public async Task Call_WhileTheRoleIsBeingAssumed_DoesNotBlockItsCaller()
    {
        var aws = new RecordedAws { Gate = new TaskCompletionSource() };
        var called = new TaskCompletionSource();
        await using var harness = CreateHarness(
            aws, (_, _, _) => Task.CompletedTask, services => services.AddSingleton(called));

        var run = Task.Run(() => harness.RunAsync("""{"job":"tables"}"""));
        try
        {
            await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            aws.Gate.SetResult();
        }

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [TestCase("roleless", "JOB_ROLE_ROLELESS")]
    [TestCase("misnamed", "JOB_ROLE_MISNAMED is 'nobody'")]
    public async Task Run_WithoutARole_IsRefusedAndNotGivenTheFunctionsCredentials(string job, string expected)
    {
        var aws = new RecordedAws();
        await using var harness = CreateHarness(aws, static (s3, context, token) => ListAsync(s3, context.Job, token));

        var record = await harness.RunAsync($$"""{"job":"{{job}}"}""");

        Assert.That(record.Summary, Does.Contain(expected));
        Assert.That((aws.Sessions.Count, aws.Calls.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Run_NoRolesConfigured_UsesTheCredentialsOfTheFunction()
    {
        var aws = new RecordedAws();
        await using var harness = CreateHarness(
            aws, static (s3, context, token) => ListAsync(s3, context.Job, token), configuration: new Dictionary<string, string?>());

        await harness.RunAsync("""{"job":"first"}""");

        Assert.That(aws.Calls, Is.EqualTo(new[] { ("first", Own) }));
        Assert.That(aws.Sessions, Is.Empty);
    }

    [Test]
    public async Task Run_ClientWithCredentials_KeepsThem()
    {
        var aws = new RecordedAws();
        await using var harness = CreateHarness(
            aws,
            static (s3, context, token) => ListAsync(s3, context.Job, token),
            services => services.AddSingleton<IAmazonS3>(
                _ => new AmazonS3Client(new BasicAWSCredentials("KEYelsewhere", "secret"), Config(aws))));

        await harness.RunAsync("""{"job":"first"}""");

        Assert.That(aws.Calls, Is.EqualTo(new[] { ("first", "KEYelsewhere") }));
        Assert.That(aws.Sessions, Is.Empty);
    }

    private static async Task WorkInParallelAsync(IAmazonS3 s3, JobContext context, CancellationToken cancellationToken)
    {
        var started = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ListAsync(s3, context.Job, cancellationToken), cancellationToken));
        for (var count = 0; count < 4; count++)
        {
            await Task.Yield();
            await ListAsync(s3, context.Job, cancellationToken);
        }

        await Task.WhenAll(started);
    }

    private static Task<ListObjectsV2Response> ListAsync(IAmazonS3 s3, string bucket, CancellationToken cancellationToken) =>
        s3.ListObjectsV2Async(new() { BucketName = bucket }, cancellationToken);

    private static AmazonS3Config Config(RecordedAws aws) => new()
    {
        ServiceURL = "http://s3.test", AuthenticationRegion = "eu-central-1", ForcePathStyle = true, HttpClientFactory = aws,
    };

    private static JobHarness CreateHarness(
        RecordedAws aws,
        Func<IAmazonS3, JobContext, CancellationToken, Task> work,
        Action<IServiceCollection>? register = null,
        IReadOnlyDictionary<string, string?>? configuration = null) => new(
            builder =>
            {
                register?.Invoke(builder.Services);
                builder.Services.AddSingleton(work);
                builder.Services.AddKeyedSingleton<IAmazonSecurityTokenService>(
                    AwsClientBuilderExtensions.RolesClientKey,
                    (_, _) => new AmazonSecurityTokenServiceClient(
                        new BasicAWSCredentials(Own, Own),
                        new AmazonSecurityTokenServiceConfig
                        {
                            ServiceURL = "http://sts.test", MaxErrorRetry = 1, HttpClientFactory = aws,
                        }));
                builder.AddAwsClient<IAmazonS3>(() => new AmazonS3Client(Config(aws)))
                    .AddJob<WorkingJob>("first").AddJob<WorkingJob>("second")
                    .AddJob<WorkingJob>("roleless").AddJob<WorkingJob>("misnamed")
                    .AddAwsClient<IAmazonDynamoDB>(() => new AmazonDynamoDBClient(
                        new AmazonDynamoDBConfig { RegionEndpoint = RegionEndpoint.EUCentral1, HttpClientFactory = aws }))
                    .AddJob<TablesJob>("tables");
            },
            configuration ?? new Dictionary<string, string?>
            {
                ["JOB_ROLE_FIRST"] = $"{Account}first",
                ["JOB_ROLE_SECOND"] = $"{Account}second",
                ["JOB_ROLE_TABLES"] = $"{Account}tables",
                ["JOB_ROLE_MISNAMED"] = "nobody",
            });

    private sealed class WorkingJob(Func<IAmazonS3, JobContext, CancellationToken, Task> work, IAmazonS3 s3) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            await work(s3, context, cancellationToken);
            return JobResult.Succeeded("Done.");
        }
    }

    /// <summary>A job with a client that reads its credentials synchronously, for its endpoint.</summary>
    private sealed class TablesJob(IAmazonDynamoDB dynamoDb, TaskCompletionSource called) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            var call = dynamoDb.ListTablesAsync(cancellationToken);
            called.SetResult();
            await call;
            return JobResult.Succeeded("Done.");
        }
    }

    /// <summary>A sink that calls AWS with the client that the jobs use, as the audit trail in S3 does.</summary>
    private sealed class CallingSink(IAmazonS3 s3) : IAuditSink, IRunSink
    {
        private readonly ConcurrentQueue<Task> _written = [];

        public void Write(AuditEntry entry) => _written.Enqueue(ListAsync(s3, "host", CancellationToken.None));

        public Task CompleteAsync(RunRecord record, CancellationToken cancellationToken) => Task.WhenAll(_written);

        public Task WriteAsync(RunRecord record, CancellationToken cancellationToken) => ListAsync(s3, "host", cancellationToken);
    }
}
