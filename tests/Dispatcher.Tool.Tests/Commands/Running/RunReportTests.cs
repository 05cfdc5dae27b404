using Dispatcher.Testing;
using Dispatcher.Tool.Commands.Running;

namespace Dispatcher.Tool.Tests.Commands.Running;

public sealed class RunReportTests
{
    private static readonly RunArguments DryRun = new("tidy-up", DryRun: true, ["note=two words"], ParametersFile: null);

    [Test]
    public void Write_Plan_ShowsTotalsByActionAndFirstItemsAndTheRealCommand()
    {
        var items = Enumerable.Range(1, 100).Select(number => new ChangeItem("s3:DeleteObject", $"s3://media/{number}.mp4", "expired"));
        var changes = new ChangesSummary(1_234, 0, 0, 4_711, [.. items], ItemsTruncated: true)
        {
            ByAction = new Dictionary<string, long> { ["s3:DeleteObject"] = 1_200, ["dynamodb:DeleteItem"] = 34 },
        };

        var text = Write(Summarize(JobStatus.Planned, dryRun: true) with { Changes = changes }, DryRun);

        Assert.That(text, Does.Match(@"s3:DeleteObject +1,200"));
        Assert.That(text, Does.Match(@"dynamodb:DeleteItem +34"));
        Assert.That(text, Does.Contain("s3://media/10.mp4").And.Not.Contain("s3://media/11.mp4"));
        Assert.That(text, Does.Contain("… and 1,224 more"));
        Assert.That(text, Does.Contain("1,234 changes planned, none made · 4.7 kB would be freed"));
        Assert.That(text, Does.Contain("dispatch run tidy-up -p 'note=two words'"));
    }

    [Test]
    public void Write_PlanOfParametersThatAreSecret_DoesNotRepeatThem()
    {
        var record = Summarize(JobStatus.Planned, dryRun: true) with
        {
            Changes = new ChangesSummary(1, 0, 0, 0, [new ChangeItem("a:b", "c", "d")], ItemsTruncated: false),
            Parameters = new Dictionary<string, string> { ["environment"] = "***", ["note"] = "two" },
        };

        var text = Write(record, DryRun with { Assignments = ["environment={\"TOKEN\":\"hunter2\"}", "note=two", "x=--token hunter2"] });

        Assert.That(text, Does.Contain("dispatch run tidy-up -p 'environment=<secret>' -p note=two -p 'x=<secret>'"));
        Assert.That(text.ReplaceLineEndings(" "), Does.Contain("with your values for <secret>").And.Not.Contain("hunter2"));
    }

    [Test]
    public void Write_PlanForcedByEnvironment_SaysHowToRunForReal()
    {
        var text = Write(Summarize(JobStatus.Planned, dryRun: true), DryRun with { DryRun = false });

        Assert.That(text, Does.Contain("DRY_RUN is set in the environment"));
    }

    [TestCase(JobStatus.Cancelled)]
    [TestCase(JobStatus.Failed)]
    [TestCase(JobStatus.Partial)]
    public void Write_ChangeThatMayHaveBeenMade_CountsItAndShowsWhereToLook(JobStatus status)
    {
        var record = Summarize(status) with { Changes = new ChangesSummary(1, 0, 0, 0, [], ItemsTruncated: false) { Interrupted = 1 } };

        var text = Write(record, DryRun with { DryRun = false });

        Assert.That(text, Does.Contain("0 changes made · 1 change interrupted (may have been made)"));
        Assert.That(text, Does.Contain($"dispatch show {record.RunId} --changes --outcome interrupted"));
        Assert.That(text, Does.Not.Contain("run it again"));
    }

    [TestCase(JobStatus.Succeeded, "SUCCEEDED")]
    [TestCase(JobStatus.Failed, "FAILED")]
    [TestCase(JobStatus.Partial, "PARTIAL")]
    [TestCase(JobStatus.Skipped, "SKIPPED")]
    [TestCase(JobStatus.Continued, "CONTINUED")]
    [TestCase(JobStatus.Planned, "DRY RUN")]
    [TestCase(JobStatus.Cancelled, "CANCELLED")]
    public void Write_AnyStatus_IsAWordAndNotOnlyAColour(JobStatus status, string expected) =>
        Assert.That(Write(Summarize(status), DryRun), Does.Contain($" {expected}  All done."));

    [Test]
    public void Write_EqualItemErrors_AreGroupedWithACountAndAnExample()
    {
        ItemError[] errors =
        [
            .. Enumerable.Range(1, 12).Select(static number => $"s3://media/{number}.mp4")
                .Select(static item => new ItemError(item, $"{item} is locked.")),
            .. Enumerable.Range(1, 3).Select(static number => new ItemError($"session {number}a", $"Session '{number}a' has no key.")),
            new("session b", "The clock is wrong."),
        ];

        var text = Write(Summarize(JobStatus.Partial) with { Errors = errors, ItemErrorCount = 16 }, DryRun);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("12 × s3://media/1.mp4 is locked.").And.Contain("for example s3://media/1.mp4"));
            Assert.That(text, Does.Contain("3 × Session '1a' has no key.").And.Contain("for example session 1a"));
            Assert.That(text, Does.Contain("  session b\n      The clock is wrong."));
            Assert.That(text, Does.Not.Contain("2.mp4").And.Not.Contain("2a").And.Not.Contain("more;"));
            Assert.That(text, Does.Contain("16 item errors"));
        }
    }

    [Test]
    public void Write_Verbose_ListsEveryItemError()
    {
        var errors = Enumerable.Range(1, 12).Select(static number => new ItemError($"item-{number}", "It is broken."));

        var text = Write(Summarize(JobStatus.Partial) with { Errors = [.. errors] }, DryRun, verbose: true);

        Assert.That(Enumerable.Range(1, 12).Select(number => text.Contains($"  item-{number}\n", StringComparison.Ordinal)), Is.All.True);
    }

    [Test]
    public void Write_MoreItemErrorsThanTheRecordKeeps_CountsAll()
    {
        var errors = Enumerable.Range(1, ItemErrors.MaxKept).Select(static number => new ItemError($"item-{number}", "It is broken."));

        var text = Write(Summarize(JobStatus.Partial) with { Errors = [.. errors], ItemErrorCount = 250 }, DryRun);

        Assert.That(text, Does.Contain("100 × It is broken.").And.Contain("… and 150 more; the record keeps the first 100."));
        Assert.That(text, Does.Contain("250 item errors"));
    }

    [Test]
    public void Write_KeyWithEscapeSequence_DoesNotReachTheTerminal()
    {
        var text = Write(Summarize(JobStatus.Partial) with { Errors = [new ItemError("bad\u001b[2Jkey", "[red]x[/]")] }, DryRun);

        Assert.That(text, Does.Not.Contain("\u001b"));
        Assert.That(text, Does.Contain("[red]x[/]"));
    }

    [TestCase(80)]
    [TestCase(40)]
    public void Write_NarrowTerminal_KeepsToItsWidth(int width)
    {
        var changes =
            new ChangesSummary(1, 0, 0, 0, [new ChangeItem("s3:DeleteObject", "s3://media/" + new string('x', 200), "expired")], false)
        {
            ByAction = new Dictionary<string, long> { ["s3:DeleteObject"] = 1 },
        };

        var text = Write(Summarize(JobStatus.Planned, dryRun: true) with { Changes = changes }, DryRun, width);

        // A command to copy is one line, whatever the width.
        var wrapped = text.Split('\n').Where(line => !line.StartsWith("  dispatch ", StringComparison.Ordinal));
        Assert.That(wrapped.Max(line => line.TrimEnd().Length), Is.LessThanOrEqualTo(width));
    }

    private static RunRecord Summarize(JobStatus status, bool dryRun = false) =>
        RunRecordBuilder.Create("tidy-up", status: status) with
        {
            RunId = "run-1",
            DryRun = dryRun,
            Summary = "All done.",
            DurationMs = 1_200,
            Counts = new Dictionary<string, long> { ["filesSeen"] = 12_345 },
        };

    private static string Write(RunRecord summary, RunArguments arguments, int width = 120, bool verbose = false)
    {
        var terminal = new TestTerminal(width);
        RunReport.Write(terminal.Terminal.Out, "dispatch", summary, arguments, verbose);
        return terminal.Out;
    }
}
