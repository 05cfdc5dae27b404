using Dispatcher.Hosting;
using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

/// <summary>A plan holds what a job works on: its temporary files are for this user only, and none is left behind.</summary>
public sealed class TemporaryPlanTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plans-").FullName;
    private readonly Dictionary<string, string?> _before = [];

    [SetUp]
    public void SetUp()
    {
        foreach (var name in (string[])["TMPDIR", "TMP", "TEMP"])
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, _folder);
        }
    }

    [TearDown]
    public void TearDown()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Create_File_IsForThisUserAndDeletedWhenItIsClosed()
    {
        using (var file = TemporaryPlan.Create())
        {
            Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { file.Name }));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(file.Name), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [TestCase("memory:plan")]
    [TestCase("memory:plan.gz")]
    public async Task Run_WritesAndApplies_LeavesNoFile(string location)
    {
        await using var harness = new PlannedWorld("a").CreateHarness();

        await harness.RunAsync($$"""{"job":"test-job","dryRun":true,"plan":"{{location}}"}""");
        var afterWriting = Directory.GetFiles(_folder);
        await harness.RunAsync($$"""{"job":"test-job","plan":"{{location}}"}""");

        Assert.That((afterWriting.Length, Directory.GetFiles(_folder).Length), Is.EqualTo((0, 0)));
    }

    [TestCase("")]
    [TestCase("not a plan")]
    [TestCase("OTHER")]
    public async Task Run_PlanIsRefused_LeavesNoFile(string text)
    {
        await using var harness = new PlannedWorld("a").CreateHarness();
        await harness.RunAsync(PlannedWorld.WritePayload);
        var lines = PlanForgery.Open(harness.Plans.Read(PlannedWorld.Location));
        lines[0] = lines[0].Replace("\"test-job\"", "\"other-job\"", StringComparison.Ordinal);
        harness.Plans.Write(PlannedWorld.Location, text == "OTHER" ? PlanForgery.Seal(lines) : text);

        Assert.That(() => harness.RunAsync(PlannedWorld.ApplyPayload), Throws.TypeOf<JobRequestException>());

        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [Test]
    public void Read_ContentsFail_LeavesNoFile()
    {
        using var contents = new FailingStream(capacity: 0);

        Assert.That(() => PlanFile.ReadAsync("memory:plan", contents), Throws.TypeOf<IOException>());

        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }
}
