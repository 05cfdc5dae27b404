using System.Diagnostics;
using System.Text.Json;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Commands.Jobs;

[NonParallelizable]
public sealed class DescribeCommandTests
{
    /// <summary>Nothing listens there: what a job reads fails at once, after the parameters have been accepted.</summary>
    private static readonly Dictionary<string, string> Nowhere = new()
    {
        ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9", ["AWS_REGION"] = "eu-central-1", ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test", ["AWS_CALL_TIMEOUT_SECONDS"] = "1",
    };

    [Test]
    public async Task Describe_EveryJob_ShowsACommandThatHasTheParametersItNeeds()
    {
        var jobs = JsonElement.Parse((await Dispatch.RunAsync(["list", "--json"])).Output).EnumerateArray()
            .Select(static job => job.GetProperty("name").GetString()!).ToList();
        Assert.That(jobs, Has.Count.GreaterThan(6));

        foreach (var job in jobs)
        {
            var described = (await Dispatch.RunAsync(["describe", job])).Output;
            var command = described[described.IndexOf("Try it:\n  dispatch ", StringComparison.Ordinal)..].Split('\n')[1].Trim();
            var words = await SplitAsync(command);

            var result = await Dispatch.RunAsync(words[1..], environment: Nowhere);

            Assert.That(words[^1], Is.EqualTo("--dry-run"), command);
            Assert.That(result.ExitCode, Is.Not.EqualTo(ExitCode.BadInput), $"{command}: {result.Error}");
            Assert.That(result.Output + result.Error, Does.Not.Contain("is missing").And.Not.Contain("No queue is given"), command);
        }
    }

    [Test]
    public async Task Describe_ParameterFromTheEnvironment_IsNotInTheCommand()
    {
        var result = await Dispatch.RunAsync(
            ["describe", "video-upload-cleanup"], environment: new Dictionary<string, string> { ["TABLE_NAME"] = "sessions" });

        Assert.That(result.Output, Does.Contain("  dispatch run video-upload-cleanup -p bucket=video-uploads --dry-run\n"));
    }

    [Test]
    public async Task Describe_SamplePayload_HasTheSameValues()
    {
        var output = (await Dispatch.RunAsync(["describe", "ssm-run-command"])).Output;

        Assert.That(
            output,
            Does.Contain("""
                  "parameters": {
                    "commands": [
                      "uptime"
                    ],
                    "instanceIds": [
                      "i-0123456789abcdef0"
                    ]
                """));
    }

    /// <summary>Splits a command as a shell does.</summary>
    private static async Task<string[]> SplitAsync(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"printf '%s\\n' {command}"]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output.TrimEnd('\n').Split('\n');
    }
}
