using System.Text.Json;
using Dispatcher.Tool.Tests.Foreign;

namespace Dispatcher.Tool.Tests.Commands.Plans;

/// <summary>Writes, shows and applies plans as a consumer does.</summary>
[NonParallelizable]
public sealed class PlanCommandsTests
{
    private TemporaryFolder _folder = null!;

    private string PlanFile => Path.Combine(_folder.Path, "plan.jsonl");

    [SetUp]
    public async Task WritePlanAsync()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
        var result = await RunAsync("run", "rotate-logs", "--dry-run", "--plan", "plan.jsonl");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain(
            "Next: review the plan, and make exactly its changes:\n  acme plan show plan.jsonl\n  acme apply plan.jsonl"));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Show_Plan_ShowsHeaderTotalsAndChanges()
    {
        var result = await RunAsync("plan", "show", "plan.jsonl");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Output, Does.Match(@"Job +rotate-logs").And.Match(@"Changes +2, 0 bytes would be freed"));
            Assert.That(result.Output, Does.Match(@"acme:Rotate +2 +0").And.Contain("acme:Rotate logs/a.log").And.Contain("logs/b.log"));
        }
    }

    [Test]
    public async Task Show_Filters_SelectChanges()
    {
        var result = await RunAsync("plan", "show", "plan.jsonl", "--target", "b.log", "--action", "acme:rotate", "--json");

        var plan = JsonElement.Parse(result.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.GetProperty("planned").GetInt64(), Is.EqualTo(2));
            Assert.That(plan.GetProperty("changes").EnumerateArray().Select(static change => change.GetProperty("target").GetString()),
                Is.EqualTo(new[] { "logs/b.log" }));
            Assert.That((await RunAsync("plan", "show", "plan.jsonl", "--action", "other")).Output, Does.Not.Contain("a.log"));
        }
    }

    [Test]
    public async Task Show_TwoPlans_ShowsTheDifferences()
    {
        await RunAsync("run", "rotate-logs", "--dry-run", "--plan", "later.jsonl.gz", "-p", "folder=other");

        var text = await RunAsync("plan", "show", "plan.jsonl", "later.jsonl.gz");
        var json = JsonElement.Parse((await RunAsync("plan", "show", "plan.jsonl", "later.jsonl.gz", "--json")).Output);
        var same = JsonElement.Parse((await RunAsync("plan", "show", "plan.jsonl", "plan.jsonl", "--json")).Output);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                text.Output,
                Does.Match("only in the second plan +2").And.Contain("Only in the first plan\n  acme:Rotate logs/a.log"));
            Assert.That(json.GetProperty("added").GetArrayLength(), Is.EqualTo(2));
            Assert.That(json.GetProperty("removed").GetArrayLength(), Is.EqualTo(2));
            Assert.That(same.GetProperty("same").GetInt64(), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Apply_Plan_MakesItsChangesWithItsParameters()
    {
        File.Delete(PlanFile);
        await RunAsync("run", "rotate-logs", "--dry-run", "--plan", "plan.jsonl", "-p", "folder=other");

        var result = await RunAsync("apply", "plan.jsonl", "--json");

        var record = JsonElement.Parse(result.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(record.GetProperty("summary").GetString(), Is.EqualTo("Looked through other."));
            Assert.That(record.GetProperty("changes").GetProperty("applied").GetInt64(), Is.EqualTo(2));
            Assert.That(record.GetProperty("plan").GetProperty("location").GetString(), Is.EqualTo("plan.jsonl"));
        }
    }

    [Test]
    public async Task Apply_PlanWasChanged_ExitsWith2()
    {
        File.WriteAllText(PlanFile, File.ReadAllText(PlanFile).Replace("logs/b.log", "logs/x.log", StringComparison.Ordinal));

        var result = await RunAsync("apply", "plan.jsonl", "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("error: The plan 'plan.jsonl' was changed after it had been written"));
    }

    [Test]
    public async Task Apply_OlderThanAllowed_ExitsWith2()
    {
        var result = await RunAsync("apply", "plan.jsonl", "--yes", "--max-age", "0.0000001");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("hours old, and at most 0 are allowed").Or.Contain("MaxAgeHours"));
    }

    [TestCase("n\n", 2)]
    [TestCase("", 2)]
    [TestCase("y\n", 0)]
    public async Task Apply_AtATerminal_AsksFirst(string answer, int exitCode)
    {
        var terminal = new TestTerminal(width: 160, answer, isInputTyped: true);

        var result = await Dispatch.RunAsync(
            ["apply", "plan.jsonl"],
            directory: _folder.Path,
            run: (_, words) => terminal.RunAsync(AcmeJobs.Add, AcmeJobs.Configure, words));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(exitCode), terminal.Error);
            Assert.That(terminal.Error, Does.Contain("Make these 2 changes? [y/N]").And.Match("Job +rotate-logs"));
            Assert.That(terminal.Out, exitCode == 0 ? Does.Contain("2 changes made") : Is.Empty);
        }
    }

    [Test]
    public async Task Run_PlanIsThere_IsNotReplaced()
    {
        var before = File.ReadAllText(PlanFile);

        var result = await RunAsync("run", "rotate-logs", "--dry-run", "--plan", "plan.jsonl");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain("'plan.jsonl' is there already, and a plan is never replaced."));
        Assert.That(File.ReadAllText(PlanFile), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(1), "no temporary file is left");
    }

    [TestCase("run", "rotate-logs", "--plan", "p.jsonl")]
    [TestCase("run", "rotate-logs", "--dry-run", "--plan", "s3://bucket/plans/p.jsonl")]
    [TestCase("plan", "show", "absent.jsonl")]
    [TestCase("apply", "s3://bucket/plans/p.jsonl")]
    [TestCase("apply", "https://example.com/p.jsonl")]
    public async Task Run_PlanCannotBeUsed_ExitsWith2(params string[] args)
    {
        var result = await RunAsync(args);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
        Assert.That(result.Error, Does.Contain("error: "));
    }

    private Task<ProcessResult> RunAsync(params string[] args) => AcmeJobs.RunAsync(_folder.Path, args);
}
