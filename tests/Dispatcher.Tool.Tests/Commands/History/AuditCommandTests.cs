using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.S3.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.Hosting;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Commands.History;

/// <summary>Looks for changes in trails on this machine and in S3.</summary>
public sealed class AuditCommandTests
{
    private const string Bucket = "trails";
    private const string Gone = "s3://media/2026/gone.mp4";

    private static readonly DateTimeOffset March = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset May = new(2026, 5, 1, 3, 0, 0, TimeSpan.Zero);

    private TemporaryFolder _folder = null!;
    private Dictionary<string, string> _variables = null!;

    [SetUp]
    public void Prepare()
    {
        _folder = new TemporaryFolder();
        _variables = [];
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Audit_TargetInLocalTrails_SaysWhenWhyAndByWhom()
    {
        WriteLocal(Entry(March, "s3://media/2026/kept.mp4"));
        var runId = WriteLocal(Entry(May, Gone, AuditOutcome.Intended), Entry(May, Gone));

        var found = await AuditAsync("--target", Gone, "--utc");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.ExitCode, Is.Zero, found.Error);
            Assert.That(found.Output.ReplaceLineEndings("\n"), Is.EqualTo(
                $"""
                2026-05-01 03:00:00.000 UTC  applied  s3:DeleteObject
                  {Gone}
                      why: expired
                      evidence: etag=1
                      freed: 4.2 MB
                      by: video-upload-cleanup, run {runId}

                """.ReplaceLineEndings("\n")));
            Assert.That(found.Error, Does.Contain("1 change in 1 run. Searched 2 audit trails in "));
        }
    }

    [TestCase(new[] { "--target", "s3://media/2026/*" }, 3)]
    [TestCase(new[] { "--target", "s3://media/2026/*", "--since", "2026-04-01" }, 2)]
    [TestCase(new[] { "--target", "s3://media/2026/*", "--job", "rotate-logs" }, 1)]
    [TestCase(new[] { "--target", "s3://media/2026/*", "--outcome", "failed" }, 1)]
    [TestCase(new[] { "--target", "s3://media/2026/*", "--action", "s3:DeleteObject" }, 3)]
    [TestCase(new[] { "--target", "s3://media/*", "--action", "s3:PutObject" }, 0)]
    public async Task Audit_TrailsInTheBucket_AreFiltered(string[] words, int expected)
    {
        await WriteS3Async(Entry(March, "s3://media/2026/a.mp4"));
        await WriteS3Async(Entry(May, Gone), Entry(May, "s3://media/2026/b.mp4", AuditOutcome.Failed, job: "rotate-logs"));

        var found = await AuditAsync([.. words, "--json"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.ExitCode, Is.EqualTo(expected > 0 ? ExitCode.Done : ExitCode.Failed), found.Error);
            Assert.That(JsonDocument.Parse(found.Output).RootElement.GetArrayLength(), Is.EqualTo(expected), found.Output);
        }
    }

    [Test]
    public async Task Audit_RunInTheBucket_IsFoundByTheBeginningOfItsId()
    {
        var runId = await WriteS3Async(Entry(May, Gone), Entry(May, "s3://media/2026/b.mp4"));
        await WriteS3Async(Entry(March, "s3://media/2026/a.mp4"));

        var found = await AuditAsync(runId[..13]);

        Assert.That(found.Output, Does.Contain(Gone).And.Contain("b.mp4").And.Not.Contain("a.mp4"), found.Error);
    }

    [TestCase("2026/gone.mp4", true)]
    [TestCase("gone.mp4", true)]
    [TestCase("one.mp4", false)]
    [TestCase("s3://media/*/gone.*", true)]
    [TestCase("g*.mp4", true)]
    [TestCase("s3://media/2026", false)]
    [TestCase("media/2026/gone.mp4", true)]
    public async Task Audit_PartOfATarget_IsComparedWithItsEnd(string target, bool found)
    {
        WriteLocal(Entry(May, Gone));

        var result = await AuditAsync("--target", target);

        Assert.That(result.ExitCode, Is.EqualTo(found ? ExitCode.Done : ExitCode.Failed), result.Error);
        Assert.That(result.Error.Contains("A target begins with s3://NAME/", StringComparison.Ordinal), Is.EqualTo(!found));
    }

    [Test]
    public async Task Audit_KilledRun_ShowsWhatItIntended()
    {
        WriteLocal(Entry(May, Gone, AuditOutcome.Intended));

        Assert.That((await AuditAsync("--target", Gone)).Output, Does.Contain("intended (no outcome: the process ended)"));
    }

    [Test]
    public async Task Audit_NothingFound_SaysWhatWasSearchedAndWhereElse()
    {
        WriteLocal(Entry(March, "s3://media/2026/kept.mp4"));

        var missed = await AuditAsync("--target", Gone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missed.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(missed.Error, Does.Contain($"No change of '{Gone}' was found. Searched 1 audit trail in "));
            Assert.That(missed.Error, Does.Contain($"\n  filter type = \"audit\" and target = \"{Gone}\"\n").And.Contain("AUDIT_BUCKET"));
        }
    }

    [Test]
    public async Task Audit_AmbiguousRun_IsRefused()
    {
        WriteLocal(Entry(March, Gone));
        WriteLocal(Entry(March, Gone));

        var refused = await AuditAsync("019");

        Assert.That((refused.ExitCode, refused.Output), Is.EqualTo((ExitCode.BadInput, string.Empty)));
        Assert.That(refused.Error, Does.Contain("The run id '019' is ambiguous: 019"));
    }

    [Test]
    public async Task Audit_NeitherRunNorTarget_IsRefused() =>
        Assert.That((await AuditAsync()).Error, Does.Contain("Name a run, or a target: --target TARGET."));

    [Test]
    public async Task Show_ARun_HasParametersTrailAndPagesOfChanges()
    {
        var server = await LocalAws.ResetAsync();
        await LocalAws.AddUploadAsync(server, "created");
        _variables = new Dictionary<string, string>(new LocalEnvironment(server, LocalResources.Variables).Variables);
        await DispatchAsync("run", "video-upload-cleanup", "-p", "cleanupAgeHours=0");
        var run = JsonDocument.Parse((await DispatchAsync("history", "--json")).Output).RootElement[0];
        var runId = run.GetProperty("runId").GetString()!;

        var shown = await DispatchAsync("show", runId);
        var page = await DispatchAsync("show", runId, "--changes", "--limit", "1");
        var last = await DispatchAsync("show", runId, "--skip", "1", "--action", "s3:DeleteObject");
        var all = JsonDocument.Parse((await DispatchAsync("show", runId, "--changes", "--json")).Output).RootElement;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.Output, Does.Contain("  Parameters   cleanupAgeHours=0\n").And.Contain($"{runId}.jsonl")
                .And.Contain($"\n  dispatch show {runId} --changes\n").And.Match("  Slot  +\\S"));
            Assert.That(page.Output, Does.Contain($"There are more changes:\n  dispatch show {runId} --changes --skip 1 --limit 1\n"));
            Assert.That(last.Output, Does.StartWith("No change matches. Read "), last.Error);
            Assert.That(all.GetArrayLength(), Is.EqualTo(run.GetProperty("changes").GetProperty("applied").GetInt32()));
        }
    }

    private static AuditEntry Entry(
        DateTimeOffset time, string target, AuditOutcome outcome = AuditOutcome.Applied, string job = "video-upload-cleanup") =>
        new(time, string.Empty, job, "s3:DeleteObject", target, outcome)
        {
            Change = 1, Reason = "expired", Evidence = "etag=1", Bytes = 4_200_000,
        };

    private static string Lines(string runId, IEnumerable<AuditEntry> entries) =>
        string.Concat(entries.Select(entry => Encoding.UTF8.GetString(AuditEntryJson.Serialize(entry with { RunId = runId }).Span) + "\n"));

    private string WriteLocal(params AuditEntry[] entries)
    {
        var runId = Guid.CreateVersion7(entries[0].Time).ToString();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local", "audit"));
        _folder.Write($".local/audit/{runId}.jsonl", Lines(runId, entries));
        return runId;
    }

    private async Task<string> WriteS3Async(params AuditEntry[] entries)
    {
        if (_variables.Count == 0)
        {
            var server = await LocalAws.ResetAsync();
            _variables = new Dictionary<string, string>(new LocalEnvironment(server, LocalResources.Variables).Variables)
            {
                ["AUDIT_BUCKET"] = Bucket,
            };
            using var first = server.CreateS3();
            await first.PutBucketAsync(Bucket);
        }

        var runId = Guid.CreateVersion7(entries[0].Time).ToString();
        using var s3 = (await LocalAws.GetAsync()).CreateS3();
        foreach (var job in entries.GroupBy(entry => entry.Job))
        {
            await s3.PutObjectAsync(new PutObjectRequest
            {
                BucketName = Bucket,
                Key = string.Create(CultureInfo.InvariantCulture, $"audit/{job.Key}/{entries[0].Time:yyyy'/'MM'/'dd}/{
                    (job.Key == entries[0].Job ? runId : Guid.CreateVersion7(entries[0].Time))}.jsonl"),
                ContentBody = Lines(runId, job),
            });
        }

        return runId;
    }

    private Task<ProcessResult> AuditAsync(params string[] words) => DispatchAsync(["audit", .. words]);

    private Task<ProcessResult> DispatchAsync(params string[] words) =>
        Dispatch.RunAsync(words, environment: _variables, directory: _folder.Path);
}
