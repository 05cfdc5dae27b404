using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests.History;

/// <summary>Reads a table that the role may query but not scan.</summary>
public sealed class RunTableHistoryTests
{
    private const string Denied =
        """{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User: me is not authorized to perform: dynamodb:Scan"}""";

    [Test]
    public async Task ListAsync_ScanIsDenied_ReadsTheRegisteredJobsAndSaysWhatIsMissing()
    {
        using var service = new FakeService();
        await using var harness = Harness(service.Url);
        var history = harness.Services.GetRequiredService<IRunHistory>();
        var reading = history.ListAsync(new RunQuery()).GetAsyncEnumerator().MoveNextAsync();

        await service.AnswerAsync(HttpStatusCode.BadRequest, Denied);
        await service.AnswerAsync(HttpStatusCode.OK, """{"Items":[],"Count":0,"ScannedCount":0}""");

        Assert.That(await reading, Is.False);
        Assert.That(
            history.Omissions.Single(),
            Does.StartWith("Only runs of these jobs are included: known.").And.Contain("allow dynamodb:Scan on the table"));
    }

    [Test]
    public async Task FindAsync_ScanIsDenied_SaysWhatIsMissing()
    {
        using var service = new FakeService();
        await using var harness = Harness(service.Url);
        var history = harness.Services.GetRequiredService<IRunHistory>();
        var finding = history.FindAsync("01a2");

        await service.AnswerAsync(HttpStatusCode.BadRequest, Denied);
        await service.AnswerAsync(HttpStatusCode.OK, """{"Items":[],"Count":0,"ScannedCount":0}""");

        Assert.That(await finding, Is.Null);
        Assert.That(history.Omissions, Has.Count.EqualTo(1));
    }

    private static JobHarness Harness(string url) => new(builder => builder
        .AddAwsClient<IAmazonDynamoDB>(
            () => new AmazonDynamoDBClient(new BasicAWSCredentials("a", "b"), new AmazonDynamoDBConfig { ServiceURL = url }))
        .AddJob<IdleJob>("known")
        .AddRunTableHistory(new RunTableSettings("runs")));

    private sealed class IdleJob : IMaintenanceJob
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded("Done."));
    }
}
