using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.History;

/// <summary>Runs jobs with the run table on, and looks at what the table then holds.</summary>
public sealed class RunTableTests
{
    private const string Job = "scripted";
    private const string Payload = $$"""{"job":"{{Job}}"}""";

    private string _table = null!;

    [SetUp]
    public async Task CreateTableAsync() => _table = await RunTableWorld.CreateTableAsync();

    [TestCase("succeeded")]
    [TestCase("partial")]
    [TestCase("planned")]
    [TestCase("skipped")]
    [TestCase("continued")]
    [TestCase("failed")]
    [TestCase("thrown")]
    public async Task RunAsync_AnyEnding_IsInTheTableOnce(string ending)
    {
        await using var harness = await HarnessAsync((context, _) =>
        {
            switch (ending)
            {
                case "partial":
                    context.Errors.Add("item", "broken");
                    break;
                case "skipped":
                    return Task.FromResult(JobResult.Skipped("busy"));
                case "continued":
                    return Task.FromResult(JobResult.Continued("more to do"));
                case "failed":
                    return Task.FromResult(JobResult.Failed("no luck"));
                case "thrown":
                    throw new InvalidOperationException("odd");
            }

            return Task.FromResult(JobResult.Succeeded("done"));
        });

        var summary = await harness.RunAsync($$"""{"job":"{{Job}}","dryRun":{{(ending == "planned" ? "true" : "false")}}}""");

        var item = (await RunTableWorld.ItemsAsync(_table)).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(item["job"].S, Is.EqualTo(Job));
            Assert.That(item["runId"].S, Is.EqualTo(summary.RunId));
            Assert.That(item["status"].S, Is.EqualTo(ending == "thrown" ? "failed" : ending));
            Assert.That(item["dryRun"].BOOL, Is.EqualTo(ending == "planned"));
            Assert.That(item["itemErrors"].N, Is.EqualTo(ending == "partial" ? "1" : "0"));
            Assert.That(item["memoryMb"].N, Is.EqualTo("512"));
            Assert.That(harness.Logs.Lines, Has.None.Contains("could not report"));
        }
    }

    [Test]
    public async Task RunAsync_JobIsCutOffByTheDeadline_IsInTheTable()
    {
        var (started, never) = (new TaskCompletionSource(), new TaskCompletionSource<JobResult>());
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var harness = await HarnessAsync(
            (_, _) =>
            {
                started.SetResult();
                return never.Task;
            },
            timeProvider: clock);
        var run = harness.RunAsync(Payload, clock.GetUtcNow().AddMinutes(15));
        await started.Task;
        await clock.WhenTimersWaitAsync(2);

        // Between the report's margin and the deadline. The time that the write may take stands still.
        clock.Advance(TimeSpan.FromSeconds((15 * 60) - 2));
        await run;

        var item = (await RunTableWorld.ItemsAsync(_table)).Single();
        Assert.That(item["status"].S, Is.EqualTo("failed"));
        Assert.That(item["record"].S, Does.Contain("did not stop at its deadline"));
        never.SetCanceled();
    }

    [Test]
    public async Task RunAsync_Retention_IsTheTimeToLive()
    {
        var clock = new TestClock(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = await HarnessAsync(SucceedAsync, retentionDays: 7, clock);

        await harness.RunAsync(Payload);

        var item = (await RunTableWorld.ItemsAsync(_table)).Single();
        Assert.That(
            item["expiresAt"].N, Is.EqualTo(clock.GetUtcNow().AddDays(7).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task ListAsync_ExpiredButNotYetDeleted_IsNotShown()
    {
        var clock = new TestClock(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = await HarnessAsync(SucceedAsync, retentionDays: 7, clock);
        var run = await harness.RunAsync(Payload);
        var history = harness.Services.GetRequiredService<IRunHistory>();
        Assert.That(await CountAsync(history), Is.EqualTo(1));

        clock.Advance(TimeSpan.FromDays(7));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CountAsync(history), Is.Zero);
            Assert.That(await history.FindAsync(run.RunId), Is.Null);
            Assert.That(await history.FindAsync(run.RunId[..13]), Is.Null);
            Assert.That(await RunTableWorld.ItemsAsync(_table), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task RunAsync_RecordBeyondTheItemLimit_IsCutToFit()
    {
        await using var harness = await HarnessAsync((context, _) =>
        {
            for (var index = 0; index < 100; index++)
            {
                context.Errors.Add($"s3://bucket/{index}/{new string('k', 8_000)}", new string('ä', 1_000));
            }

            return Task.FromResult(JobResult.Succeeded("done"));
        });

        var summary = await harness.RunAsync(Payload);

        var item = (await RunTableWorld.ItemsAsync(_table)).Single();
        var read = await harness.Services.GetRequiredService<IRunHistory>().FindAsync(summary.RunId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetByteCount(item["record"].S), Is.LessThanOrEqualTo(400_000));
            Assert.That(read!.ItemErrorCount, Is.EqualTo(100));
            Assert.That(read.Errors[0].Item, Does.EndWith("…"));
        }
    }

    [Test]
    public async Task ListAsync_MoreThanAMegabyte_ReadsAllPages([Values] bool filtered)
    {
        await using var harness = await HarnessAsync((context, _) =>
        {
            for (var index = 0; index < 100; index++)
            {
                context.Errors.Add($"s3://bucket/{index}/{new string('k', 100)}", new string('x', 900));
            }

            return Task.FromResult(JobResult.Failed("no luck"));
        });
        for (var run = 0; run < 130; run++)
        {
            await harness.RunAsync(Payload);
        }

        var query = filtered ? new RunQuery { Status = JobStatus.Failed } : new RunQuery { Job = Job };
        Assert.That(await CountAsync(harness.Services.GetRequiredService<IRunHistory>(), query), Is.EqualTo(130));
    }

    [Test]
    public async Task ListAsync_ManyRunsOfForeignJobs_ReadsOneItemForEachJobToFindThem()
    {
        using (var writer = (await SharedMoto.GetAsync()).CreateDynamoDb())
        {
            for (var run = 0; run < 60; run++)
            {
                await writer.PutItemAsync(
                    _table, new() { ["job"] = new($"foreign-{run % 4}"), ["runId"] = new(Guid.CreateVersion7().ToString()) });
            }
        }

        var scanned = new List<ScanRequest>();
        await using var harness = await HarnessAsync(SucceedAsync);
        ((AmazonDynamoDBClient)harness.Services.GetRequiredService<IAmazonDynamoDB>()).BeforeRequestEvent += (_, call) =>
            scanned.AddRange(new[] { (call as WebServiceRequestEventArgs)?.Request }.OfType<ScanRequest>());
        var history = harness.Services.GetRequiredService<IRunHistory>();

        Assert.That(await CountAsync(history), Is.Zero);
        Assert.That(history.Omissions.Single(), Does.StartWith($"60 items of DynamoDB table {_table} cannot be read"));
        Assert.That(scanned.Select(request => request.Limit), Is.EqualTo(Enumerable.Repeat(1, 5)));
    }

    [Test]
    public async Task RunAsync_NoSuchTable_RunsAllTheSameAndSaysWhatToDo()
    {
        _table = "no-such-table";
        await using var harness = await HarnessAsync(SucceedAsync);

        var summary = await harness.RunAsync(Payload);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(
            harness.Logs.Lines,
            Has.One.Contains($"RunTable could not report the run: run {summary.RunId} is missing in DynamoDB table no-such-table "
                + "(RUNS_TABLE).")
                .And.One.Contains("dynamodb:PutItem"));
    }

    private static Task<JobResult> SucceedAsync(JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Succeeded("done"));

    private static async Task<int> CountAsync(IRunHistory history, RunQuery? query = null)
    {
        var count = 0;
        await foreach (var _ in history.ListAsync(query ?? new RunQuery()))
        {
            count++;
        }

        return count;
    }

    private async Task<JobHarness> HarnessAsync(
        Func<JobContext, CancellationToken, Task<JobResult>> script, int retentionDays = 90, TimeProvider? timeProvider = null)
    {
        var server = await SharedMoto.GetAsync();
        var table = new RunTableSettings(_table, retentionDays);
        return new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton(script).AddSingleton<IAmazonDynamoDB>(_ => server.CreateDynamoDb());
                builder.AddJob<ScriptedJob>(Job).AddRunTable(table).AddRunTableHistory(table);
            },
            new Dictionary<string, string?> { ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512" },
            timeProvider);
    }
}
