using Dispatcher.Aws;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Tests.Hosting;

/// <summary>The limits that every command has on systems that never answer.</summary>
[NonParallelizable]
public sealed class FirstAnswerLimitTests
{
    [TestCase(null, 10, 30)]
    [TestCase("5", 5, 5)]
    [TestCase("120", 120, 120)]
    public async Task Build_AnyCommand_HasTheLimits(string? configured, int first, int call)
    {
        (double First, double Notice, double Call) seen = default;
        await Dispatch.RunAsync(
            [],
            environment: configured is null ? [] : new Dictionary<string, string> { [AwsCallTimeout.Key] = configured },
            run: async (terminal, _) =>
            {
                await using var services = ToolServices.Build(terminal.Tool);
                var limit = services.GetRequiredService<FirstAnswerLimit>();
                seen = (limit.Time.TotalSeconds, limit.Notice.TotalSeconds,
                    services.GetRequiredService<AwsCallTimeout>().Value.TotalSeconds);
                return 0;
            });

        Assert.That(seen, Is.EqualTo(((double)first, 2d, (double)call)));
    }

    [Test]
    public async Task History_TableCannotBeReached_NamesTheEndpoint()
    {
        var result = await Dispatch.RunAsync(
            ["history"],
            environment: new Dictionary<string, string>
            {
                ["RUNS_TABLE"] = "maintenance-runs", ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9", ["AWS_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = "a", ["AWS_SECRET_ACCESS_KEY"] = "b", [AwsCallTimeout.Key] = "1",
            });

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("error: DynamoDB at http://127.0.0.1:9 cannot be reached: "));
    }
}
