using System.Diagnostics;
using Dispatcher.Testing;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Dispatcher.OpenTelemetry.Tests;

/// <summary>Runs a job and reads its spans from the in-memory exporter.</summary>
public sealed class TracingTests
{
    private List<Activity> _spans = null!;
    private TracerProvider _tracing = null!;

    [SetUp]
    public void CreateProvider()
    {
        _spans = [];
        _tracing = Sdk.CreateTracerProviderBuilder().AddDispatcherInstrumentation().AddInMemoryExporter(_spans).Build();
    }

    [TearDown]
    public void DisposeProvider() => _tracing.Dispose();

    [Test]
    public async Task Run_RetriedWithChangesAndACall_IsATreeOfSpans()
    {
        await RunAsync("""{"job":"upload"}""");

        Assert.That(Tree(), Is.EqualTo(new[]
        {
            "job upload Ok",
            "job upload > attempt Error",
            "job upload > attempt Unset",
            "job upload > attempt > change s3:GetObject Unset",
            "job upload > attempt > change s3:GetObject > S3.GetObject Unset",
            "job upload > attempt > change test:Touch Error",
        }));
    }

    [Test]
    public async Task Run_Ends_TagsSayHow()
    {
        var record = await RunAsync("""{"job":"upload"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TagsOf("job upload"), Is.EqualTo(new Dictionary<string, object?>
            {
                ["job.name"] = "upload",
                ["job.run_id"] = record.RunId,
                ["job.dry_run"] = false,
                ["job.status"] = "partial",
                ["job.attempts"] = 2,
            }));
            Assert.That(TagsOf("change test:Touch"), Is.EqualTo(new Dictionary<string, object?>
            {
                ["change.action"] = "test:Touch", ["change.count"] = 1, ["change.applied"] = 0, ["change.failed"] = 1,
            }));
            Assert.That(
                _spans.First(span => span.DisplayName == "attempt").GetTagItem("error.type"),
                Is.EqualTo(typeof(TransientJobException).FullName));
        }
    }

    [Test]
    public async Task Run_TargetsEvidenceAndErrors_AreInNoTag()
    {
        await RunAsync("""{"job":"upload"}""");

        Assert.That(
            _spans.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Value}").Append($"{span.DisplayName} {span.StatusDescription}")),
            Has.None.Contains(UploadJob.Secret));
    }

    [Test]
    public async Task Run_DryRun_HasNoSpanForChangesThatAreNotMade()
    {
        await RunAsync("""{"job":"upload","dryRun":true}""");

        Assert.That(Tree(), Is.EqualTo(new[] { "job upload Ok", "job upload > attempt Error", "job upload > attempt Unset" }));
    }

    private static async Task<RunRecord> RunAsync(string payload)
    {
        await using var harness = new JobHarness(UploadServices.Add, UploadServices.Settings);
        return await harness.RunAsync(payload);
    }

    private IEnumerable<string> Tree() => _spans.OrderBy(span => span.StartTimeUtc).Select(span => $"{PathOf(span)} {span.Status}");

    private static string PathOf(Activity span) =>
        span.Parent is { } parent ? $"{PathOf(parent)} > {span.DisplayName}" : span.DisplayName;

    private Dictionary<string, object?> TagsOf(string name) =>
        _spans.Single(span => span.DisplayName == name).TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value);
}
