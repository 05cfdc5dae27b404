using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests;

public sealed class AwsClientGuardTests
{
    private const string DryRun = """{"job":"careless","dryRun":true}""";

    [Test]
    public async Task DryRun_JobCallsS3Directly_FailsByTheOperationsName()
    {
        await using var harness = CreateHarness(static (services, token) => services.GetRequiredService<IAmazonS3>().DeleteObjectAsync("bucket", "key", token));

        var summary = await harness.RunAsync(DryRun);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("S3 DeleteObject"));
    }

    [Test]
    public async Task DryRun_JobSwallowsTheRefusal_FailsAllTheSame()
    {
        await using var harness = CreateHarness(static async (services, token) =>
        {
            try
            {
                await services.GetRequiredService<IAmazonDynamoDB>().ExecuteStatementAsync(new ExecuteStatementRequest { Statement = "DELETE FROM x" }, token);
            }
            catch (Exception)
            {
                // What a careless job does.
            }
        });

        var summary = await harness.RunAsync(DryRun);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("DynamoDB ExecuteStatement"));
    }

    [Test]
    public async Task DryRun_ClientRegisteredByTheUser_IsGuardedToo()
    {
        using var own = Unreachable();
        await using var harness = CreateHarness(
            static (services, token) => services.GetRequiredService<IAmazonS3>().PutBucketAsync("bucket", token),
            services => services.AddSingleton<IAmazonS3>(own));

        var summary = await harness.RunAsync(DryRun);

        Assert.That(summary.Summary, Does.Contain("S3 PutBucket"));
    }

    [Test]
    public async Task DryRun_ClientRegisteredByAFactory_IsGuardedToo()
    {
        await using var harness = CreateHarness(
            static (services, token) => services.GetRequiredService<IAmazonS3>().PutBucketAsync("bucket", token),
            static services => services.AddSingleton<IAmazonS3>(static _ => Unreachable()));

        Assert.That((await harness.RunAsync(DryRun)).Summary, Does.Contain("S3 PutBucket"));
    }

    [Test]
    public async Task Run_EndpointUnreachable_IsOneClearMessageAndNotRetried()
    {
        await using var harness = CreateHarness(static (services, token) => services.GetRequiredService<IAmazonS3>().ListBucketsAsync(token));

        var summary = await harness.RunAsync("""{"job":"careless"}""");

        Assert.That(summary.Summary, Does.StartWith("S3 at http://127.0.0.1:1 cannot be reached").And.Contain("AWS_ENDPOINT_URL"));
        Assert.That(summary.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_ClientThatTheJobDoesNotUse_IsNotMade()
    {
        var made = 0;
        await using var harness = new JobHarness(builder =>
        {
            builder.Services.AddSingleton<Func<IServiceProvider, CancellationToken, Task>>(static (_, _) => Task.CompletedTask);
            builder.AddAwsClient<IAmazonS3>(() =>
            {
                made++;
                return Unreachable();
            }).AddJob<CarelessJob>("careless");
        });

        await harness.RunAsync(DryRun);

        Assert.That(made, Is.Zero);
    }

    private static AmazonS3Client Unreachable() => new(
        new BasicAWSCredentials("a", "b"), new AmazonS3Config { ServiceURL = "http://127.0.0.1:1", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    private static JobHarness CreateHarness(Func<IServiceProvider, CancellationToken, Task> work, Action<IServiceCollection>? register = null) => new(builder =>
    {
        builder.Services.AddSingleton(work);
        register?.Invoke(builder.Services);
        builder
            .AddAwsClient<IAmazonS3>(Unreachable)
            .AddAwsClient<IAmazonDynamoDB>(static () => new AmazonDynamoDBClient(
                new BasicAWSCredentials("a", "b"), new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:1", MaxErrorRetry = 0 }))
            .AddJob<CarelessJob>("careless");
    });

    private sealed class CarelessJob(Func<IServiceProvider, CancellationToken, Task> work, IServiceProvider services) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            await work(services, cancellationToken);
            return JobResult.Succeeded("Done.");
        }
    }
}
