using Dispatcher.Tool.Commands.History;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.History;

public sealed class RunViewTests
{
    private static readonly RunRecord[] Runs =
    [
        SampleRun.Create("video-upload-cleanup", JobStatus.Partial, $"Cleaned much.\n{new string('s', 300)}"),
        SampleRun.Create("daily-uptime", JobStatus.Failed, "The database is away."),
    ];

    [TestCase(80, false)]
    [TestCase(120, true)]
    [TestCase(160, true)]
    [TestCase(240, true)]
    public void Write_Table_FitsTheWidthOnOneLinePerRun(int width, bool hasSummary)
    {
        var terminal = new TestTerminal(width);

        new RunTableView(new RunFormat(utc: true)).Write(terminal.Terminal.Out, Runs);

        var lines = terminal.Out.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(width));
            Assert.That(terminal.Out.Contains("Summary", StringComparison.Ordinal), Is.EqualTo(hasSummary));
            Assert.That(lines, Has.Length.EqualTo(4), terminal.Out);
            Assert.That(lines[2], Does.StartWith(width > 80 ? "2026-11-22 03:00 " : "11-22 03:00 ")
                .And.Contain(" video-upload-cleanup ").And.Contain(" partial "));
            Assert.That(lines[2], Does.Contain(Runs[0].RunId[..13]));
            Assert.That(lines[2], Does.Match(" 250 +3 +"), "errors and changes are what one looks for");
            if (hasSummary)
            {
                Assert.That(lines[2], Does.Contain(" 1 min 1 s ").And.Contain(" 250 ").And.Contain("Cleaned mu").And.EndWith("…"));
            }
        }
    }

    [Test]
    public void Write_Piped_HasWholeIds()
    {
        var terminal = new TestTerminal(width: 160);

        new RunTableView(new RunFormat(utc: true)).Write(terminal.Terminal.Out, Runs, isPiped: true);

        Assert.That(terminal.Out, Does.Contain(Runs[0].RunId).And.Contain(Runs[1].RunId));
    }

    [Test]
    public void Write_RunInLambda_HasParametersHolderAndTheLinkToItsLogOnOneLine()
    {
        var terminal = new TestTerminal(width: 80);
        var run = SampleRun.Create() with
        {
            Parameters = new Dictionary<string, string> { ["days"] = "3", ["token"] = "***" },
            Slot = "slot-1",
            Holder = new LeaseHolder("run-b", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(1)),
            Log = new RunLog("eu-central-1", "/aws/lambda/maintenance", "2026/11/22/[$LATEST]0a"),
        };

        RunView.Write(terminal.Terminal.Out, run, new RunFormat(utc: true), "s3://trails/audit/x.jsonl");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(terminal.Out, Does.Contain("  Parameters   days=3, token=***\n").And.Contain("  Slot         slot-1\n"));
            Assert.That(terminal.Out, Does.Contain("  Holder       run-b, since 1970-01-01 00:00:00.000 UTC"));
            Assert.That(terminal.Out, Does.Contain("  Audit trail  s3://trails/audit/x.jsonl\n"));
            Assert.That(terminal.Out, Does.Contain("  Log stream   2026/11/22/[$LATEST]0a\n"));
            Assert.That(terminal.Out, Does.Contain(
                "\n  https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group/$252Faws$252Flambda"
                + "$252Fmaintenance/log-events/2026$252F11$252F22$252F$255B$2524LATEST$255D0a$3FfilterPattern$3D$2522"
                + $"{run.RunId}$2522\n"));
        }
    }

    [Test]
    public void Write_Shards_AreMarkedAndListed()
    {
        var part = SampleRun.Create() with { Slot = "slot-1", Shard = new JobShard(1, 2) };
        var totals = SampleRun.Create() with
        {
            Slot = "slot-1",
            Shards =
            [
                new ShardRun(0, "run-a", JobStatus.Succeeded, 1, 5_000, 12), new ShardRun(1, "run-b", JobStatus.Failed, 3, 61_000, 7),
            ],
        };
        var (table, page, partPage) = (new TestTerminal(240), new TestTerminal(160), new TestTerminal(160));

        new RunTableView(new RunFormat(utc: true)).Write(table.Terminal.Out, [part]);
        RunView.Write(page.Terminal.Out, totals, new RunFormat(utc: true), "nowhere");
        RunView.Write(partPage.Terminal.Out, part, new RunFormat(utc: true), "nowhere");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Out, Does.Contain($"shard 1 of 2: {part.Summary}"));
            Assert.That(page.Out, Does.Contain("slot-1, 2 shards").And.Match("0 +succeeded +5\\.0 s +1 +12 +run-a").And.Match(
                "1 +failed +1 min 1 s +3 +7 +run-b"));
            Assert.That(partPage.Out, Does.Contain("slot-1, shard 1 of 2"));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Write_EqualErrors_AreGroupedBeforeTheChanges(bool verbose)
    {
        var terminal = new TestTerminal();
        var run = SampleRun.Create() with
        {
            Errors = [.. Enumerable.Range(1, 12).Select(static one => new ItemError($"s3://media/{one}.mp4", "AccessDenied"))],
            ItemErrorCount = 12,
        };

        RunView.Write(terminal.Terminal.Out, run, new RunFormat(utc: true), "nowhere", verbose);

        var errors = terminal.Out.IndexOf("Items that failed", StringComparison.Ordinal);
        var changes = terminal.Out.IndexOf("Changes: the first", StringComparison.Ordinal);
        Assert.That(errors, Is.GreaterThan(0).And.LessThan(changes));
        Assert.That(terminal.Out.Contains("12 × AccessDenied", StringComparison.Ordinal), Is.EqualTo(!verbose));
        Assert.That(terminal.Out.Contains("s3://media/12.mp4", StringComparison.Ordinal), Is.EqualTo(verbose));
    }

    [Test]
    public void Write_Page_HasEverything()
    {
        using var folder = new TemporaryFolder();
        var terminal = new TestTerminal();
        var run = SampleRun.Create(status: JobStatus.Partial, summary: "Cleaned much.") with { MemoryMegabytes = 512 };
        var file = folder.Write($"{run.RunId}.jsonl", "{}\n");

        RunView.Write(terminal.Terminal.Out, run, new RunFormat(utc: true), file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(terminal.Out, Does.StartWith("partial  Cleaned much."));
            Assert.That(terminal.Out, Does.Contain("  Started      2026-11-22 03:00:00.000 UTC"));
            Assert.That(terminal.Out, Does.Contain("  Ended        2026-11-22 03:01:01.000 UTC"));
            Assert.That(terminal.Out, Does.Contain("3 made, 4.2 MB freed").And.Contain("512 MB (Lambda)").And.Contain("250 item errors"));
            Assert.That(
                terminal.Out, Does.Contain("s3:DeleteObject s3://media/a.mp4").And.Contain("s3://media/b.mp4").And.Contain("and 249 more"));
            Assert.That(terminal.Out.ReplaceLineEndings(string.Empty), Does.Contain(Path.GetFileName(file)));
        }
    }
}
