using System.Text.Json;
using Dispatcher.Repository.Tests.Documents;

namespace Dispatcher.Repository.Tests.Container;

/// <summary>Makes what the image holds, with the command of the Dockerfile, and runs it as the image would.</summary>
public sealed class ImageContentTests
{
    private static DirectoryInfo s_image = null!;

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        s_image = Directory.CreateTempSubdirectory("image-");

        var result = await Command.RunAsync("bash", ["-euc", Dockerfile.PublishTo(s_image.FullName)], Repository.Root);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
    }

    [OneTimeTearDown]
    public void DeleteImage() => s_image.Delete(recursive: true);

    [Test]
    public async Task DefaultCommand_AsLambda_ServesAnInvocation()
    {
        Assert.That(Dockerfile.DefaultCommand, Is.EqualTo(new[] { "dotnet", "Dispatcher.Function.dll" }), "what serve_once.py starts");

        var result = await Command.RunAsync(
            "python3",
            [Repository.PathOf("tests/Dispatcher.Function.Tests/serve_once.py"), Path.Combine(s_image.FullName, "Dispatcher.Function.dll"), """{"job":"$list"}"""],
            s_image.FullName);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
    }

    [Test]
    public async Task TaskDefinition_AsFargate_RunsItsJobAndReportsEverywhere()
    {
        await using var stack = await DeployedStack.StartAsync();
        var container = ReadContainer();
        var variables = container.GetProperty("environment").EnumerateArray().ToDictionary(
            variable => variable.GetProperty("name").GetString()!, variable => variable.GetProperty("value").GetString()!);
        await PrepareAsync(stack, variables);
        string[] command = [.. Dockerfile.EntryPoint, .. container.GetProperty("command").EnumerateArray().Select(word => word.GetString()!)];

        var result = await Command.RunAsync(command[0], command[1..], s_image.FullName, new Dictionary<string, string>(variables.Concat(stack.Environment)));

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        var run = JsonElement.Parse(result.Output);
        var recorded = await AskAsync(stack, $"dynamodb scan --table-name {variables["RUNS_TABLE"]} --query Items[].runId.S --output text");
        var metrics = await AskAsync(stack, "cloudwatch list-metrics --namespace Maintenance --metric-name Duration --query Metrics[].MetricName --output text");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.GetProperty("status").GetString(), Is.EqualTo("planned"));
            Assert.That(recorded.Trim(), Is.EqualTo(run.GetProperty("runId").GetString()));
            Assert.That(metrics.Trim(), Is.EqualTo("Duration"));
        }
    }

    private static JsonElement ReadContainer() =>
        JsonElement.Parse(File.ReadAllText(Repository.PathOf("docs/samples/ecs-task-definition.json"))).GetProperty("containerDefinitions")[0];

    private static async Task PrepareAsync(DeployedStack stack, Dictionary<string, string> variables)
    {
        await AskAsync(stack, $"s3 mb s3://{variables["BUCKET"]}");
        await AskAsync(stack, $"s3 mb s3://{variables["AUDIT_BUCKET"]}");
        await AskAsync(
            stack,
            $"dynamodb create-table --table-name {variables["TABLE_NAME"]} --billing-mode PAY_PER_REQUEST "
            + "--attribute-definitions AttributeName=uploadSessionId,AttributeType=S --key-schema AttributeName=uploadSessionId,KeyType=HASH");
        await AskAsync(
            stack,
            $"dynamodb create-table --table-name {variables["RUNS_TABLE"]} --billing-mode PAY_PER_REQUEST "
            + "--attribute-definitions AttributeName=job,AttributeType=S AttributeName=runId,AttributeType=S "
            + "--key-schema AttributeName=job,KeyType=HASH AttributeName=runId,KeyType=RANGE");
    }

    private static async Task<string> AskAsync(DeployedStack stack, string arguments)
    {
        var result = await Command.RunAsync("aws", arguments.Split(' '), Path.GetTempPath(), stack.Environment);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        return result.Output;
    }
}
