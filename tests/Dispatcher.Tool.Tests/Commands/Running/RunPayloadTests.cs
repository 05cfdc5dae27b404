using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Tests.Commands.Running;

public sealed class RunPayloadTests
{
    private const string Job = "video-upload-cleanup";

    [Test]
    public void Create_Assignments_AreTyped()
    {
        var payload = Create(new RunArguments(
            Job, DryRun: true, ["batchSize=5", "orphans=delete", "completedUploadsKeepTheirSession=True", "bucket=5"], null));

        Assert.That(
            payload,
            Is.EqualTo(
                $$$"""{"job":"{{{Job}}}","dryRun":true,"parameters":{"batchSize":5,"orphans":"delete","completedUploadsKeepTheirSession":true,"bucket":"5"}}"""));
    }

    [Test]
    public void Create_NothingSet_LeavesAllToTheDefaults() =>
        Assert.That(Create(new RunArguments(Job, DryRun: false, [], null)), Is.EqualTo($$"""{"job":"{{Job}}"}"""));

    [Test]
    public void Create_FileAndAssignment_AssignmentWins()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("p.json", """{"batchSize":1,"prefix":"uploads/a"}""");

        var payload = Create(new RunArguments(Job, DryRun: false, ["batchSize=7"], file));

        Assert.That(payload, Does.EndWith("""{"batchSize":7,"prefix":"uploads/a"}}"""));
    }

    [Test]
    public void Create_ValueWithEquals_IsKeptWhole() =>
        Assert.That(Create(new RunArguments(Job, DryRun: false, ["bucket=a=b"], null)), Does.Contain("\"bucket\":\"a=b\""));

    private static string Create(RunArguments arguments)
    {
        using var services = new TestTerminal().Tool.BuildServices();
        return RunPayload.Create(arguments, services.GetRequiredService<JobRegistry>()).GetRawText();
    }
}
