using System.Diagnostics;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>
/// The tool in a process of the operating system, killed with SIGKILL at a request to the fakes over HTTP; then another one that finishes.
/// </summary>
[Parallelizable]
internal sealed class ProcessKillTests
{
    private static string Tool => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory.Replace("tests/Dispatcher.Races.Tests", "src/Dispatcher.Cli", StringComparison.Ordinal), "dispatch.dll"));

    [Test]
    public async Task Kill_AtARequest_NextRunFinishes([Values(6, 14, 20)] int call, [Values] bool isExecuted)
    {
        var expected = CleanupWorld.WithEveryKind(clock: TimeProvider.System);
        await RunAsync(expected);
        var world = CleanupWorld.WithEveryKind(clock: TimeProvider.System);
        Process? process = null;
        var rule = world.Aws.Faults.On("*").AtCall(call).Fail(isExecuted ? FakeFault.ExecutedThenKilled : FakeFault.Killed);
        ValueTask Kill(FakeCall request)
        {
            process!.Kill();
            return ValueTask.CompletedTask;
        }

        _ = isExecuted ? rule.After(Kill) : rule.Before(Kill);

        var killed = await RunAsync(world, started => process = started);
        var next = await RunAsync(world, caller: "next");

        Assert.Multiple(() =>
        {
            Assert.That((killed, next, rule.Met), Is.EqualTo((128 + 9, 0, 1)));
            Assert.That(Sessions(world), Is.EqualTo(Sessions(expected)));
        });
    }

    private static IEnumerable<string> Sessions(CleanupWorld world) =>
        world.Describe().Where(static line => !line.Contains("ttl=", StringComparison.Ordinal));

    private static async Task<int> RunAsync(CleanupWorld world, Action<Process>? started = null, string caller = "tool")
    {
        using var server = world.Aws.Listen();
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Tool, "run", "video-upload-cleanup", "-p", "orphans=delete", "-p", "finishedTag=finished", "-p", "maxOrphanedPercent=100",
                "-p", "concurrency=1",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestContext.CurrentContext.WorkDirectory,
        };
        foreach (var (name, value) in server.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_ACCESS_KEY_ID"] = caller;
        start.Environment["TABLE_NAME"] = "sessions";
        start.Environment["BUCKET"] = "uploads";
        start.Environment["METRICS_SINK"] = "none";
        start.Environment["XDG_STATE_HOME"] = start.Environment["XDG_DATA_HOME"] = Path.GetTempPath();
        using var process = Process.Start(start)!;
        started?.Invoke(process);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await TestContext.Out.WriteLineAsync(await output + await error);
        return process.ExitCode;
    }
}
