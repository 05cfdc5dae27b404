using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Chores.Tests;

public sealed class ArchiveExportsTests
{
    private const string Payload = """{"job":"archive-exports","parameters":{"olderThanDays":30}}""";

    // Moto stamps objects with its own clock, so the job's clock is ahead of it.
    private readonly TestClock _clock = new(DateTimeOffset.UtcNow.AddDays(31));

    private AmazonS3Client _s3 = null!;
    private AmazonS3Client _jobsS3 = null!;
    private HookedNetwork _network = null!;
    private string _bucket = null!;
    private string _day = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _s3 = Servers.Moto.CreateS3();
        _jobsS3 = Servers.Moto.CreateS3(_network = new HookedNetwork());
        _bucket = $"exports-{Guid.NewGuid():N}";
        await _s3.PutBucketAsync(_bucket);
        await PutAsync("exports/2026/a.csv", "a");
        await PutAsync("exports/b ö+.csv", "bb");
        await PutAsync("other/c.csv", "ccc");
        var written = (await _s3.GetObjectMetadataAsync(_bucket, "exports/2026/a.csv")).LastModified;
        _day = written?.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty;
    }

    [TearDown]
    public void Dispose()
    {
        _s3.Dispose();
        _jobsS3.Dispose();
    }

    [Test]
    public async Task RunAsync_OldExports_AreMoved()
    {
        await using var harness = Harness();

        var record = await harness.RunAsync(Payload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), $"{record.Summary} {string.Join(" ", record.Errors)}");
            Assert.That(record.Count("exportsArchived"), Is.EqualTo(2));
            Assert.That(
                await ListAsync(), Is.EqualTo($"archive/{_day}/2026/a.csv=a archive/{_day}/b ö+.csv=bb other/c.csv=ccc"));
        }
    }

    [Test]
    public async Task RunAsync_YoungExports_Stay()
    {
        await using var harness = Harness();

        var record = await harness.RunAsync("""{"job":"archive-exports","parameters":{"olderThanDays":32}}""");

        Assert.That(record.Changes.Proposed, Is.Zero);
    }

    [Test]
    public async Task RunAsync_ExportWrittenBetweenCopyAndDelete_Survives()
    {
        BeforeDeletionOf("exports/2026/a.csv", () => PutAsync("exports/2026/a.csv", "a new one"));
        await using var harness = Harness();

        var record = await harness.RunAsync(Payload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), $"{record.Summary} {string.Join(" ", record.Errors)}");
            Assert.That(record.Count("exportsArchived"), Is.EqualTo(1));
            Assert.That(await ListAsync(), Does.EndWith("exports/2026/a.csv=a new one other/c.csv=ccc"));
        }
    }

    [Test]
    public async Task RunAsync_CopyIsNotWhatWasCopied_KeepsTheExport()
    {
        var copy = $"archive/{_day}/2026/a.csv";
        _network.BeforeRequest(HttpMethod.Head, copy, _ => PutAsync(copy, "not a"));
        await using var harness = Harness();

        var record = await harness.RunAsync(Payload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Partial), record.Summary);
        Assert.That(record.Errors.Single().Error, Does.Contain("The export stays where it is"));
        Assert.That(await ListAsync(), Does.Contain("exports/2026/a.csv=a "));
    }

    [Test]
    public async Task RunAsync_StoppedBetweenCopyAndDelete_IsRepeatedWithoutHarm()
    {
        await _s3.CopyObjectAsync(_bucket, "exports/2026/a.csv", _bucket, $"archive/{_day}/2026/a.csv");
        await using var harness = Harness();

        await harness.RunAsync(Payload);
        var again = await harness.RunAsync(Payload);

        Assert.That(again.Changes.Proposed, Is.Zero);
        Assert.That(await ListAsync(), Is.EqualTo($"archive/{_day}/2026/a.csv=a archive/{_day}/b ö+.csv=bb other/c.csv=ccc"));
    }

    [Test]
    public async Task RunAsync_ExportGoneBeforeItsDeletion_IsSkipped()
    {
        BeforeDeletionOf("exports/2026/a.csv", () => _s3.DeleteObjectAsync(_bucket, "exports/2026/a.csv"));
        await using var harness = Harness();

        var record = await harness.RunAsync(Payload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), $"{record.Summary} {string.Join(" ", record.Errors)}");
        Assert.That(record.Count("exportsArchived"), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_AnswerToTheDeletionIsLost_CountsTheExportAsArchived()
    {
        BeforeDeletionOf("exports/2026/a.csv", async () =>
        {
            await _s3.DeleteObjectAsync(_bucket, "exports/2026/a.csv");
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer is lost.");
        });
        await using var harness = Harness();

        var record = await harness.RunAsync(Payload);

        Assert.That(record.Count("exportsArchived"), Is.EqualTo(2));
    }

    [Test]
    public Task Contract_DryRun_ProposesWhatTheRealRunApplies() =>
        new JobContract(Harness, Payload).DryRunProposesWhatTheRealRunAppliesAsync(ListAsync);

    [Test]
    public Task Contract_Cancellation_StopsWithinASecond()
    {
        var reached = new TaskCompletionSource();
        _network.BeforeRequest(HttpMethod.Delete, "exports/2026/a.csv", cancellationToken =>
        {
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        });

        return new JobContract(Harness, Payload).CancellationStopsWithinASecondAsync(reached.Task);
    }

    [Test]
    public Task Contract_BadParameters_AreReportedTogether() =>
        new JobContract(Harness, Payload).BadParametersAreReportedTogetherAsync(
            """{"olderThanDays":0,"bucket":7}""", "olderThanDays", "bucket");

    [Test]
    public async Task Registration_AllowsExactlyWhatTheJobNeeds()
    {
        await using var harness = Harness();
        var contract = new PermissionContract();

        await contract.RunAsync(harness, Payload);

        contract.Verify();
    }

    private JobHarness Harness() => new(
        jobs =>
        {
            jobs.Services.AddSingleton<IAmazonS3>(_jobsS3);
            AcmeJobs.Add(jobs);
        },
        new Dictionary<string, string?> { ["EXPORTS_BUCKET"] = _bucket, ["Retry:BaseDelaySeconds"] = "0" },
        _clock);

    private void BeforeDeletionOf(string key, Func<Task> act) => _network.BeforeRequest(HttpMethod.Delete, key, _ => act());

    private Task<PutObjectResponse> PutAsync(string key, string content) =>
        _s3.PutObjectAsync(new PutObjectRequest { BucketName = _bucket, Key = key, ContentBody = content });

    private async Task<string> ListAsync()
    {
        var contents = new List<string>();
        foreach (var item in (await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket })).S3Objects)
        {
            using var response = await _s3.GetObjectAsync(_bucket, item.Key);
            using var reader = new StreamReader(response.ResponseStream);
            contents.Add($"{item.Key}={await reader.ReadToEndAsync()}");
        }

        return string.Join(' ', contents.Order(StringComparer.Ordinal));
    }
}
