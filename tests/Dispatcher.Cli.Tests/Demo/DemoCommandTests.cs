using System.Diagnostics;
using System.Globalization;
using Dispatcher.Tool.Tests;

namespace Dispatcher.Cli.Tests.Demo;

public sealed class DemoCommandTests
{
    [Test]
    public async Task Demo_OnAFreshServer_PlansCleansAndFindsNothingLeft()
    {
        var result = await DispatchProcess.RunAsync(["demo"]);

        Assert.That(result.Output, Does.Contain("AS EXPECTED"), result.Error);
        Assert.That(result.Output, Does.Contain("2,000 sessions and 3,000 objects"));
        Assert.That(result.Output, Does.Contain("""1 × task reports.send_daily ["2026-11-22"] {"to":"Zoë"}"""));
        Assert.That(result.Output, Does.Contain("1 × task of claims-report:1, started by ecs-run-task"));
        Assert.That(result.Output, Does.Contain("1 × POST /internal/run-uptime/, Idempotency-Key demo-").And.Contain("right secret"));
        Assert.That(result.Output, Does.Contain("Skipped: changed since the plan").And.Contain("s3:DeleteObject"));
        Assert.That(result.Output, Does.Match("Killed a run after it had removed \\d+ of 300 uploads; the next one finished: "));
        Assert.That(result.Output, Does.Contain("contributionsAdded").And.Contain("viewsRefreshed"), $"Is PostgreSQL installed? "
            + $"{result.Error}");
        Assert.That(result.Output, Does.Not.Contain("\u001b"), "colours in a file");
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    [Platform("Linux")]
    public async Task Demo_Terminated_EndsItsServer()
    {
        using var demo = DispatchProcess.Start(["demo"]);
        while (await demo.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Filling", StringComparison.Ordinal))
        {
        }

        var servers = ChildrenOf(demo.Id);

        // Not INT, which has the same handler: a shell that runs the tests in the background makes all its children ignore that one.
        using (var kill = Process.Start("kill", ["-TERM", $"{demo.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await demo.WaitForExitAsync();

        Assert.That(servers, Is.Not.Empty);
        Assert.That(servers.Where(IsRunning), Is.Empty);
        Assert.That(demo.ExitCode, Is.EqualTo(1));
    }

    private static List<int> ChildrenOf(int parent) =>
        [.. Process.GetProcesses().Select(process => process.Id).Where(id => Stat(id) is [_, var its, ..]
            && its == parent.ToString(CultureInfo.InvariantCulture))];

    private static bool IsRunning(int id) => Stat(id) is [not "Z", ..];

    /// <summary>Reads the state and the parent of a process, fields 3 and 4 of proc(5) stat.</summary>
    private static string[] Stat(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
