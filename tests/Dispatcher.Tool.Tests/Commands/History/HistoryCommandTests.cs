using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.History;

/// <summary>Runs jobs and looks at their history, as a person does.</summary>
public sealed class HistoryCommandTests
{
    private const string Job = "video-upload-cleanup";
    private const string Table = "maintenance-runs";

    private TemporaryFolder _folder = null!;
    private MotoServer _server = null!;
    private Dictionary<string, string> _variables = null!;

    [SetUp]
    public async Task FillAsync()
    {
        _folder = new TemporaryFolder();
        _server = await LocalAws.ResetAsync();
        await LocalAws.AddUploadAsync(_server, "created");
        var environment = new LocalEnvironment(_server, LocalResources.Variables);
        _variables = new Dictionary<string, string>(environment.Variables) { ["CLEANUP_AGE_HOURS"] = "0" };
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task History_RunsInTheFile_AreListedAndShown()
    {
        // Each in a process of its own, as from a shell.
        await DispatchProcess.RunAsync(["run", Job, "--dry-run"], environment: _variables, directory: _folder.Path);
        await DispatchProcess.RunAsync(["invoke"], $$"""{"job":"{{Job}}"}""", _variables, _folder.Path);

        var runs = Parse(await DispatchProcess.RunAsync(["history", "--json"], environment: _variables, directory: _folder.Path));
        var real = runs[0].GetProperty("runId").GetString()!;
        var shown = await DispatchProcess.RunAsync(["show", real[..18]], environment: _variables, directory: _folder.Path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs.Select(run => run.GetProperty("status").GetString()), Is.EqualTo(new[] { "succeeded", "planned" }));
            Assert.That((await DispatchAsync(["history"])).Output, Does.Contain(real[..13]).And.Contain("2 runs. From file ").And.Contain(
                ".local/runs.db"));
            Assert.That((await DispatchAsync(["history", "--status", "planned", "--since", "1h"])).Output, Does.Contain("1 run. "));
            Assert.That(shown.Output, Does.Contain("s3:DeleteObject s3://uploads-local/uploads/").And.Contain(AuditFile(real)));
            Assert.That(
                await ReadOutcomesAsync(real), Has.Length.EqualTo(runs[0].GetProperty("changes").GetProperty("applied").GetInt32()));
            Assert.That(runs[0].GetProperty("byAction").GetProperty("s3:DeleteObject").GetInt32(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task History_RunsInTheTable_AreListedAndShownAndTheTrailIsInTheBucket([Values("run", "invoke")] string how)
    {
        await CreateTableAsync();
        _variables["RUNS_TABLE"] = Table;
        _variables["AUDIT_BUCKET"] = LocalResources.Bucket;

        await (how == "run" ? DispatchAsync(["run", Job]) : DispatchAsync(["invoke"], $$"""{"job":"{{Job}}"}"""));

        var run = (await ListAsync()).Single();
        var runId = run.GetProperty("runId").GetString()!;
        using var s3 = _server.CreateS3();
        var trail = await s3.GetObjectMetadataAsync(
            LocalResources.Bucket, $"audit/{Job}/{run.GetProperty("startedAt").GetDateTimeOffset().UtcDateTime:yyyy/MM/dd}/{runId}.jsonl");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (await DispatchAsync(["history", Job])).Output, Does.Contain($"From DynamoDB table {Table}").And.Contain(runId[..13]));
            Assert.That((await DispatchAsync(["show", runId[..13]])).Output, Does.Contain(runId));
            var shown = JsonDocument.Parse((await DispatchAsync(["show", runId, "--json"])).Output).RootElement;
            Assert.That(shown.GetProperty("job").GetString(), Is.EqualTo(Job));
            Assert.That(
                trail.ContentLength, Is.EqualTo((await ReadOutcomesAsync(runId)).Sum(line => Encoding.UTF8.GetByteCount(line) + 1)));
            Assert.That(File.Exists(Path.Combine(_folder.Path, ".local", "runs.db")), Is.False);
        }
    }

    [TestCase("run", "false")]
    [TestCase("run", "true")]
    [TestCase("invoke", "false")]
    public async Task Run_AuditFolderCannotBeMade_EachLineIsOnceOnStandardErrorWithOneWarning(string how, string auditLines)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
        _folder.Write(Path.Combine(".local", "audit"), "in the way");
        _variables["AUDIT_LINES"] = auditLines;

        var result = await (how == "run" ? DispatchAsync(["run", Job]) : DispatchAsync(["invoke"], $$"""{"job":"{{Job}}"}"""));

        var run = (await ListAsync()).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(
                AuditLinesOf(result).Count(line => line.GetProperty("outcome").GetString() == "applied"),
                Is.EqualTo(run.GetProperty("changes").GetProperty("applied").GetInt32()).And.Positive);
            Assert.That(AuditLinesOf(result).Select(line => line.GetProperty("runId").GetString()), Is.All.EqualTo(
                run.GetProperty("runId").GetString()));
            Assert.That(result.Error.Split("warn: The audit trail cannot be written to "), Has.Length.EqualTo(2), result.Error);
        }
    }

    [TestCase("false", false)]
    [TestCase("true", true)]
    public async Task Run_AuditFolderIsThere_LinesAreOnStandardErrorOnlyWhereWanted(string auditLines, bool expected)
    {
        _variables["AUDIT_LINES"] = auditLines;

        var result = await DispatchAsync(["run", Job]);

        var runId = (await ListAsync()).Single().GetProperty("runId").GetString()!;
        var file = await File.ReadAllLinesAsync(AuditFile(runId));
        Assert.That(AuditLinesOf(result).Select(line => line.GetRawText()), Is.EqualTo(expected ? file : []));
        Assert.That(file, Is.Not.Empty);
    }

    [Test]
    public async Task History_Empty_SaysWhatToDo()
    {
        var result = await DispatchAsync(["history"]);

        Assert.That(
            result.Output, Does.StartWith("No runs in file ").And.Contain("dispatch run JOB --dry-run").And.Contain("set RUNS_TABLE"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task History_UnknownJobWithRuns_ShowsThemAndSaysSo()
    {
        await LocalRuns.Open(_folder.Path).WriteAsync(SampleRun.Create("daily-uptimes"), CancellationToken.None);

        var known = await DispatchAsync(["history", "daily-uptimes"]);
        var unknown = await DispatchAsync(["history", "daily-uptimez"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(known.Output, Does.Contain("1 run. "));
            Assert.That(known.Error, Does.Contain("Did you mean 'daily-uptime'?"));
            Assert.That(known.ExitCode, Is.Zero);
            Assert.That(unknown.Error, Does.Contain("error: No job named 'daily-uptimez' is registered. Did you mean 'daily-uptime'?"));
            Assert.That(unknown.ExitCode, Is.EqualTo(2));
        }
    }

    [TestCase("error: Unknown run '0123' in file ", 1, "show", "0123")]
    [TestCase("error: '5x' is not a time.", 2, "history", "--since", "5x")]
    [TestCase("error: 'odd' is not a status. Set --status to one of: succeeded, ", 2, "history", "--status", "odd")]
    [TestCase("error: '--limit' must be 1 or more.", 2, "history", "--limit", "0")]
    public async Task Command_InputIsWrong_SaysWhatToDo(string message, int exitCode, params string[] args)
    {
        var result = await DispatchAsync(args);

        Assert.That(result.Error, Does.StartWith(message));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    [TestCase("RUNS_TABLE", "x", "run", Job)]
    [TestCase("RUNS_TABLE", "x", "invoke")]
    [TestCase("RUNS_TABLE", "x", "history")]
    [TestCase("RUNS_FILE", "/tmp/", "run", Job)]
    [TestCase("RUNS_FILE", "/tmp/", "history")]
    [TestCase("AUDIT_BUCKET", "s3://audit", "run", Job)]
    [TestCase("AUDIT_BUCKET", "s3://audit", "invoke")]
    [TestCase("AUDIT_LINES", "maybe", "run", Job)]
    public async Task Command_SettingIsWrong_RunsNothing(string name, string value, params string[] args)
    {
        _variables[name] = value;

        var result = await DispatchAsync(args, $$"""{"job":"{{Job}}"}""");

        Assert.That(result.Error, Does.StartWith($"error: The environment variable {name} is '{value}'"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task History_NobodyAnswers_SaysWhereItAsked()
    {
        (_variables["RUNS_TABLE"], _variables["AWS_ENDPOINT_URL"], _variables["AWS_MAX_ATTEMPTS"]) =
            ("maintenance-runs", "http://127.0.0.1:9", "1");

        var result = await DispatchAsync(["history"]);

        Assert.That(result.Error, Does.StartWith("error: ").And.Contain("127.0.0.1:9").And.Not.Contain("Unexpected"));
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_KilledInTheMiddle_TheAuditFileHoldsWhatIsGone()
    {
        const int Count = 150;
        const int BatchSize = 5;
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (
            _, _) => await LocalAws.AddUploadAsync(_server, "created"));
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, ".local", "audit")).FullName;
        var isUnderWay = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(folder) { EnableRaisingEvents = true };
        watcher.Changed += (_, _) =>
        {
            if (Deleted(folder).Count >= Count / 5)
            {
                isUnderWay.TrySetResult();
            }
        };
        using var process = DispatchProcess.Start(
            ["run", Job, "-p", $"batchSize={BatchSize}", "--max-changes-per-second", "25"], _variables, _folder.Path);
        await Task.WhenAny(isUnderWay.Task, process.WaitForExitAsync());

        Assert.That(process.HasExited, Is.False, "killed too late: give it more to do");
        process.Kill();
        await process.WaitForExitAsync();

        using var s3 = _server.CreateS3();
        var left = ((await s3.ListObjectsV2Async(new() { BucketName = LocalResources.Bucket })).S3Objects ?? []).Select(item =>
            item.Key).ToHashSet();
        var deleted = Deleted(folder);
        var intended = Deleted(folder, "intended");
        TestContext.Out.WriteLine(
            $"{deleted.Count} deletions on record, {intended.Count} intended, {left.Count} objects of {Count + 1} left");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(deleted, Is.Unique.And.Not.Empty.And.SubsetOf(intended));
            Assert.That(left.Intersect(deleted), Is.Empty);

            // What is gone was intended on record, even if the process died before it could record the outcome.
            Assert.That(intended.Except(left).Count(), Is.EqualTo(Count + 1 - left.Count));
        }
    }

    private static List<string> Deleted(string folder, string outcome = "applied")
    {
        var file = Directory.Exists(folder) ? Directory.GetFiles(folder).SingleOrDefault() : null;
        if (file is null)
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n')[..^1]
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(entry => entry.GetProperty("action").GetString() == "s3:DeleteObject")
            .Where(entry => entry.GetProperty("outcome").GetString() == outcome)
            .Select(entry => entry.GetProperty("target").GetString()![$"s3://{LocalResources.Bucket}/".Length..])];
    }

    private static JsonElement[] AuditLinesOf(ProcessResult result) =>
        [.. result.Error.Split('\n').Where(line => line.StartsWith("{\"type\":\"audit\"", StringComparison.Ordinal)).Select(
            line => JsonDocument.Parse(line).RootElement)];

    private async Task<string[]> ReadOutcomesAsync(string runId) =>
        [.. (await File.ReadAllLinesAsync(AuditFile(runId))).Where(
            line => !line.Contains("\"outcome\":\"intended\"", StringComparison.Ordinal))];

    private string AuditFile(string runId) => Path.Combine(_folder.Path, ".local", "audit", $"{runId}.jsonl");

    private Task<ProcessResult> DispatchAsync(string[] args, string input = "") => Dispatch.RunAsync(args, input, _variables, _folder.Path);

    private async Task<JsonElement[]> ListAsync() => Parse(await DispatchAsync(["history", "--json"]));

    private static JsonElement[] Parse(ProcessResult history) => [.. JsonElement.Parse(history.Output).EnumerateArray()];

    [Test]
    public async Task Status_RunsInTheTable_AreJudgedAndRunsAtWorkAreShown()
    {
        await CreateTableAsync();
        _variables["RUNS_TABLE"] = Table;
        await DispatchAsync(["run", Job]);

        var well = await DispatchAsync(["status", Job]);
        Assert.That(well.Output, Does.StartWith("✓ The job is well. 1 well.").And.Contain($"From DynamoDB table {Table}"));
        Assert.That(well.ExitCode, Is.Zero);

        // An hour ago at the latest, by the template's schedule: a run that fails now is the last one.
        _variables["TABLE_NAME"] = "no-such-table";
        Assert.That((await DispatchAsync(["run", Job])).ExitCode, Is.EqualTo(1));
        var failing = await DispatchAsync(["status"]);
        var failed = (await ListAsync())[0].GetProperty("runId").GetString();
        Assert.That(failing.ExitCode, Is.EqualTo(1));
        Assert.That(failing.Output, Does.Contain($"✕ failing  {Job}\n    failed: ").And.Contain($"\n  dispatch show {failed}\n"));

        await AddLeaseAsync("daily-uptime", "01a2-at-work");
        var running = JsonElement.Parse((await DispatchAsync(["status", "daily-uptime", "--json"])).Output).GetProperty("jobs")[0];
        Assert.That(running.GetProperty("verdict").GetString(), Is.EqualTo("running"));
        Assert.That(running.GetProperty("running")[0].GetProperty("runId").GetString(), Is.EqualTo("01a2-at-work"));
    }

    private async Task AddLeaseAsync(string job, string runId)
    {
        using var dynamoDb = _server.CreateDynamoDb();
        var now = DateTimeOffset.UtcNow;
        await dynamoDb.PutItemAsync(Table, new()
        {
            ["job"] = new($"lease:{job}"),
            ["runId"] = new("slot:1"),
            ["token"] = new() { N = "1" },
            ["holder"] = new(runId),
            ["since"] = new() { N = $"{now.ToUnixTimeMilliseconds()}" },
            ["until"] = new() { N = $"{now.AddHours(1).ToUnixTimeMilliseconds()}" },
        });
    }

    private async Task CreateTableAsync()
    {
        using var dynamoDb = _server.CreateDynamoDb();
        await dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("job", KeyType.HASH), new KeySchemaElement("runId", KeyType.RANGE)],
            AttributeDefinitions =
                [new AttributeDefinition("job", ScalarAttributeType.S), new AttributeDefinition("runId", ScalarAttributeType.S)],
        });
    }
}
