using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.S3.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.Hosting;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing;
using Dispatcher.Tool.Terminal;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.Exports;

/// <summary>Exports runs and changes to folders and to S3.</summary>
public sealed partial class ExportCommandTests
{
    private const string Job = "video-upload-cleanup";

    private static readonly DateTimeOffset Day = new(2026, 5, 1, 23, 59, 58, TimeSpan.Zero);

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
    public async Task Export_ToAFolder_HasAFilePerDayAndJob()
    {
        await WriteAsync(Run(Day), Run(Day.AddHours(-1)), Run(Day.AddDays(1)), Run(Day, "ecs-run-task") with { Task = "claims-report" });
        WriteTrail(Day, 2);

        var exported = await ExportAsync("--to", "out", "--since", "2026-05-01T00:00Z");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exported.ExitCode, Is.Zero, exported.Error);
            Assert.That(exported.Output, Does.StartWith("Wrote 4 runs and 2 changes since 2026-05-01 to "));
            Assert.That(Files("out"), Is.EqualTo(new[]
            {
                $"changes/dt=2026-05-01/job={Job}/changes.jsonl",
                "runs/dt=2026-05-01/job=ecs-run-task/runs.jsonl",
                $"runs/dt=2026-05-01/job={Job}/runs.jsonl",
                $"runs/dt=2026-05-02/job={Job}/runs.jsonl",
            }));
            Assert.That(Lines($"out/runs/dt=2026-05-01/job={Job}/runs.jsonl"), Has.Length.EqualTo(2));
            Assert.That(
                Lines("out/runs/dt=2026-05-01/job=ecs-run-task/runs.jsonl").Single().GetProperty("task").GetString(),
                Is.EqualTo("claims-report"));
        }
    }

    [Test]
    public async Task Export_Twice_ReplacesTheDaysAndKeepsTheOthers()
    {
        await WriteAsync(Run(Day));
        await ExportAsync("--to", "out", "--since", "2026-05-01T00:00Z");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "out", "runs", "dt=2026-04-30", "job=old"));
        _folder.Write("out/runs/dt=2026-04-30/job=old/runs.jsonl", "{}\n");
        await WriteAsync(Run(Day.AddSeconds(-1)));

        await ExportAsync("--to", "out", "--since", "2026-05-01T12:00Z");
        await ExportAsync("--to", "out", "--since", "2026-05-01T12:00Z");

        Assert.That(Lines($"out/runs/dt=2026-05-01/job={Job}/runs.jsonl"), Has.Length.EqualTo(2));
        Assert.That(Files("out"), Has.Length.EqualTo(2).And.Member("runs/dt=2026-04-30/job=old/runs.jsonl"));
    }

    [Test]
    public async Task Export_ToABucket_WritesTheSameFiles()
    {
        var server = await LocalAws.ResetAsync();
        _variables = new Dictionary<string, string>(new LocalEnvironment(server, LocalResources.Variables).Variables)
        {
            ["RUNS_FILE"] = Path.Combine(_folder.Path, ".local", "runs.db"),
        };
        _variables.Remove("RUNS_TABLE");
        using var s3 = server.CreateS3();
        await s3.PutBucketAsync("lake");
        await WriteAsync(Run(Day));

        var exported = await ExportAsync("--to", "s3://lake/maintenance/", "--since", "2026-05-01", "--job", Job);

        Assert.That(exported.ExitCode, Is.Zero, exported.Error);
        Assert.That(exported.Output, Does.Contain("to s3://lake/maintenance: 1 file."));
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "lake" });
        Assert.That(
            listed.S3Objects.Select(static item => item.Key),
            Is.EqualTo(new[] { $"maintenance/runs/dt=2026-05-01/job={Job}/runs.jsonl" }));
    }

    [Test]
    public async Task Export_DaysThatHaveExpired_AreLeftAsTheyAre()
    {
        _variables["RUNS_TABLE"] = "runs";
        _variables["RUNS_RETENTION_DAYS"] = "3";
        _variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";

        var exported = await ExportAsync("--to", "out", "--since", "30d");

        Assert.That(exported.ExitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(exported.Error, Does.Contain("Runs are kept for 3 days (RUNS_RETENTION_DAYS): days before "));
    }

    [TestCase("runs")]
    [TestCase("changes")]
    public async Task Export_Lines_HaveTheColumnsOfTheStatement(string table)
    {
        await WriteAsync(Run(Day), Run(Day.AddHours(-1)) with { MemoryMegabytes = null, Parameters = null, Slot = null });
        WriteTrail(Day, 1);
        await ExportAsync("--to", "out", "--since", "2026-05-01T00:00Z");

        var columns = Columns((await ExportAsync("--to", "s3://lake", "--ddl")).Output, table);
        var lines = Lines($"out/{table}/dt=2026-05-01/job={Job}/{table}.jsonl");

        Assert.That(lines, Is.Not.Empty);
        foreach (var line in lines)
        {
            var members = line.EnumerateObject().ToList();
            Assert.That(members.Select(static member => member.Name), Is.EqualTo(columns.Select(static column => column.Name)));
            Assert.That(
                members.Zip(columns).Where(static pair => !Fits(pair.First.Value, pair.Second.Type)).Select(static pair => pair.ToString()),
                Is.Empty);
        }

        // A column that is null everywhere would fit every type.
        Assert.That(
            columns.Where((_, index) => lines.All(line => line.EnumerateObject().ElementAt(index).Value.ValueKind == JsonValueKind.Null))
                .Select(static column => column.Name),
            Is.SubsetOf(new[] { "task", "error" }));
    }

    [Test]
    public async Task Export_Tables_AreReadByDuckDb()
    {
        await WriteAsync(
            Run(Day),
            Run(Day.AddHours(-1)) with { MemoryMegabytes = null, Parameters = null, Slot = null },
            Run(Day, "daily-uptime") with { Changes = new ChangesSummary(5, 4, 1, 2_000, [], false) });
        WriteTrail(Day, 3);
        await ExportAsync("--to", "out", "--since", "2026-05-01T00:00Z");
        var statements = (await ExportAsync("--to", "s3://lake", "--ddl")).Output;

        var runs = await QueryAsync(
            "runs", statements, "SELECT job, dt::VARCHAR, count(*)::INT, sum(bytes_freed)::INT, sum(gb_seconds), max(started_at)::VARCHAR, "
                + "max(counts['sessionsCleaned'])::INT FROM {0} GROUP BY ALL ORDER BY ALL");
        var changes = await QueryAsync(
            "changes", statements, "SELECT job, dt::VARCHAR, target, bytes::INT, changed_at - TIMESTAMP '2026-05-01' > INTERVAL 24 HOURS "
                + "FROM {0} WHERE change = 3");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs.EnumerateArray().Select(static row => row.GetRawText()), Is.EqualTo(new[]
            {
                """["daily-uptime","2026-05-01",1,2000,0.5,"2026-05-01 23:59:58",2]""",
                """["video-upload-cleanup","2026-05-01",2,0,0.5,"2026-05-01 23:59:58",2]""",
            }));
            Assert.That(changes.GetRawText(), Is.EqualTo("""[["video-upload-cleanup","2026-05-01","s3://media/3.mp4",10,true]]"""));
        }
    }

    [TestCase("runs")]
    [TestCase("changes")]
    public async Task Export_Statement_IsTheDocumentedOne(string table)
    {
        var statements = (await ExportAsync("--to", "s3://example-bucket/analytics", "--ddl")).Output.ReplaceLineEndings("\n");
        var documented = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot(), "docs", "sql", "athena", $"{table}.sql"));

        Assert.That(statements, Does.Contain(documented.ReplaceLineEndings("\n")));
    }

    [TestCase("BadInput", "--to", "s3://", "does not name a bucket")]
    [TestCase("BadInput", "--to", "gs://bucket/x", "neither a folder nor an address in S3")]
    [TestCase("BadInput", "--to", "out", "--job", "vidoe-upload-cleanup", "Did you mean 'video-upload-cleanup'?")]
    [TestCase("BadInput", "--to", "out", "--ddl", "Athena reads S3")]
    [TestCase("BadInput", "--to", "s3://lake/it's", "--ddl", "cannot be written into a statement")]
    [TestCase("BadInput", "--to", "s3://lake/a\\", "--ddl", "cannot be written into a statement")]
    [TestCase("BadInput", "--to", "s3://lake/a\nb", "--ddl", "cannot be written into a statement")]
    [TestCase("BadInput", "--to", "s3://lake/${job}", "--ddl", "cannot be written into a statement")]
    [TestCase("BadInput", "--to", "s3://lake/a;b--", "--ddl", "cannot be written into a statement")]
    [TestCase("BadInput", "--to", "s3://lake//a//b", "--ddl", "cannot be written into a statement")]
    [TestCase("BadInput", "--to", "s3://la'ke/a", "--ddl", "does not name a bucket")]
    [TestCase("BadInput", "--to", "out", "--since", "sometime", "'sometime' is not a time.")]
    [TestCase("BadInput", "Option '--to' is required.")]
    public async Task Export_Nonsense_IsExplained(string _, params string[] wordsAndProblem)
    {
        var exported = await ExportAsync(wordsAndProblem[..^1]);

        Assert.That(exported.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(exported.Error, Does.Contain(wordsAndProblem[^1]));
    }

    [Test]
    public async Task Export_FolderThatIsAFile_SaysWhichOne()
    {
        await WriteAsync(Run(Day));
        _folder.Write("out", "in the way");

        var exported = await ExportAsync("--to", "out", "--since", "2026-05-01");

        Assert.That(exported.ExitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(exported.Error, Does.Contain("out cannot be written").And.Contain("Name another one with --to."));
    }

    /// <summary>Reads a table with the types of the statement, so that a value which does not fit its column is an error.</summary>
    private Task<JsonElement> QueryAsync(string table, string statements, string query)
    {
        var columns = string.Join(", ", Columns(statements, table).Select(static column => $"{column.Name}: '{column.Type switch
        {
            "string" => "VARCHAR",
            "map<string,bigint>" => "MAP(VARCHAR, BIGINT)",
            "map<string,string>" => "MAP(VARCHAR, VARCHAR)",
            var other => other.ToUpperInvariant(),
        }}'"));
        var source = $"read_json('out/{table}/**/*.jsonl', hive_partitioning = true, columns = {{{columns}}})";
        return DuckDb.QueryAsync(RepositoryRoot(), _folder.Path, string.Format(CultureInfo.InvariantCulture, query, source));
    }

    private static bool Fits(JsonElement value, string type) => value.ValueKind == JsonValueKind.Null || type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "bigint" => value.TryGetInt64(out _),
        "double" => value.ValueKind == JsonValueKind.Number,
        "timestamp" => DateTime.TryParseExact(
            value.GetString(), "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "map<string,bigint>" => value.EnumerateObject().All(static entry => entry.Value.TryGetInt64(out _)),
        "map<string,string>" => value.EnumerateObject().All(static entry => entry.Value.ValueKind == JsonValueKind.String),
        _ => false,
    };

    private static List<(string Name, string Type)> Columns(string statements, string table)
    {
        var statement = statements.ReplaceLineEndings("\n").Split("CREATE EXTERNAL TABLE IF NOT EXISTS ")
            .Single(part => part.StartsWith($"maintenance_{table} (", StringComparison.Ordinal));
        return [.. Column().Matches(statement[..statement.IndexOf("\n)", StringComparison.Ordinal)])
            .Select(static match => (match.Groups["name"].Value, match.Groups["type"].Value))];
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Dispatcher.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }

    private static RunRecord Run(DateTimeOffset at, string job = Job) => RunRecordBuilder.Create(job, at) with
    {
        MemoryMegabytes = 512,
        Slot = "slot",
        Parameters = new Dictionary<string, string> { ["points"] = "1" },
        Counts = new Dictionary<string, long> { ["sessionsCleaned"] = 2 },
        Errors = [new ItemError("a.mp4", "denied")],
    };

    private void WriteTrail(DateTimeOffset at, int changes)
    {
        var runId = Guid.CreateVersion7(at).ToString();
        var entries = Enumerable.Range(1, changes).Select(change => new AuditEntry(
            at.AddMinutes(5), runId, Job, "s3:DeleteObject", $"s3://media/{change}.mp4", AuditOutcome.Applied)
        {
            Change = change, Reason = "expired", Evidence = "etag=1", Bytes = 10,
        });
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local", "audit"));
        _folder.Write($".local/audit/{runId}.jsonl",
            string.Concat(entries.Select(static entry => Encoding.UTF8.GetString(AuditEntryJson.Serialize(entry).Span) + "\n")));
    }

    private async Task WriteAsync(params RunRecord[] runs)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
        var store = LocalRuns.Open(_folder.Path);
        foreach (var run in runs)
        {
            await store.WriteAsync(run, CancellationToken.None);
        }
    }

    private string[] Files(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(_folder.Path, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(_folder.Path, folder), file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    private JsonElement[] Lines(string file) =>
        [.. File.ReadLines(Path.Combine(_folder.Path, file)).Select(static line => JsonElement.Parse(line))];

    private Task<ProcessResult> ExportAsync(params string[] words) =>
        Dispatch.RunAsync(["export", .. words], environment: _variables, directory: _folder.Path);

    [GeneratedRegex(@"\n  (?<name>[a-z_]+) (?<type>[^\n]+?),?(?=\n|$)")]
    private static partial Regex Column();
}
