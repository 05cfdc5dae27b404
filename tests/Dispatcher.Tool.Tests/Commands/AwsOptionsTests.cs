using System.CommandLine;
using Dispatcher.Tool.Commands;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Tests.Commands;

/// <summary>Chooses profile and region on the command line.</summary>
[NonParallelizable]
public sealed class AwsOptionsTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "other",
        ["AWS_SECRET_ACCESS_KEY"] = "other",
        ["AWS_SESSION_TOKEN"] = "other",
    };

    [Test]
    public async Task Apply_Profile_WinsOverCredentialsOfTheEnvironment() =>
        Assert.That(await ApplyAsync("--profile", "operations"), Is.EqualTo(new[] { "operations", "us-east-1", null, null, null }));

    [Test]
    public async Task Apply_Region_KeepsTheCredentials() =>
        Assert.That(await ApplyAsync("--region", "eu-west-3"), Is.EqualTo(new[] { null, "eu-west-3", "other", "other", "other" }));

    [TestCase("--profile", "operation", "There is no profile 'operation' in the AWS configuration. Did you mean 'operations'?")]
    [TestCase("--region", "Frankfurt", "'Frankfurt' is not a region. Set --region to a name such as eu-central-1.")]
    [TestCase("--region", "eu-central-", "'eu-central-' is not a region. Did you mean 'eu-central-1'?")]
    public void Apply_NoSuchProfileOrRegion_IsRefused(string option, string value, string error) =>
        Assert.That(() => ApplyAsync(option, value), Throws.InstanceOf<BadInputException>().With.Message.StartsWith(error));

    [TestCase("history")]
    [TestCase("list")]
    [TestCase("report")]
    public async Task Run_AnyCommand_HasTheOptions(string command)
    {
        var result = await Dispatch.RunAsync([command, "--region", "Frankfurt"]);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("error: 'Frankfurt' is not a region."));
    }

    /// <summary>Applies a command line, and reads the variables that the SDK and further processes see then.</summary>
    private static async Task<string?[]> ApplyAsync(params string[] args)
    {
        string?[] seen = [];
        await Dispatch.RunAsync(
            args,
            environment: Environment,
            run: (_, words) =>
            {
                var options = new AwsOptions(static () => ["operations"]);
                var root = new RootCommand();
                options.AddTo(root);
                options.Apply(root.Parse(words));
                seen = [.. new[] { "AWS_PROFILE", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN" }
                    .Select(System.Environment.GetEnvironmentVariable)];
                return Task.FromResult(0);
            });
        return seen;
    }
}
