using System.Text.Json;
using Dispatcher.Repository.Tests.Documents;

namespace Dispatcher.Repository.Tests.Container;

/// <summary>Makes what the image holds, with the command of the Dockerfile, and runs it as the image would.</summary>
public sealed class ImageContentTests
{
    private const string Session = "0b5d4a53-6a0c-4a6e-9d5e-2f1f4f8f3c11";
    private const string Key = $"\"key\":{{\"S\":\"uploads/2023-11-14/{Session}.mp4\"}}";

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
            [
                Repository.PathOf("tests/Dispatcher.Function.Tests/serve_once.py"),
                Path.Combine(s_image.FullName, "Dispatcher.Function.dll"), """{"job":"$list"}""",
            ],
            s_image.FullName);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
    }

    [Test]
    public async Task TaskDefinition_AsFargate_RunsItsJobAndReportsEverywhere()
    {
        await using var stack = await DeployedStack.StartAsync();
        var container = ReadContainer();
        var variables = ReadVariables(container);
        await PrepareAsync(stack, variables);

        var result = await RunContainerAsync(stack, container, variables);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        var run = JsonElement.Parse(result.Output);
        var recorded = await AskAsync(stack, $"dynamodb scan --table-name {variables["RUNS_TABLE"]} --query Items[].runId.S --output text");
        var metrics = await AskAsync(
            stack, "cloudwatch list-metrics --namespace Maintenance --metric-name Duration --query Metrics[].MetricName --output text");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.GetProperty("status").GetString(), Is.EqualTo("planned"));
            Assert.That(recorded.Trim(), Is.EqualTo(run.GetProperty("runId").GetString()));
            Assert.That(metrics.Trim(), Is.EqualTo("Duration"));
        }
    }

    [Test]
    public async Task TaskDefinition_RealRunWithoutAFolderOfItsOwn_LeavesItsTrailInTheLogAndTheBucket()
    {
        await using var stack = await DeployedStack.StartAsync();
        var container = ReadContainer();
        var variables = ReadVariables(container);
        await PrepareAsync(stack, variables);
        await AskAsync(
            stack,
            $"dynamodb put-item --table-name {variables["TABLE_NAME"]} --item "
            + $$$"""{"uploadSessionId":{"S":"{{{Session}}}"},"uploadType":{"S":"single"},"status":{"S":"created"},"ttl":{"N":"1700000000"},{{{Key}}}}""");
        variables["DRY_RUN"] = "false";

        // As on a file system that is read-only: nobody, not even root, can make the folder.
        var inTheWay = Path.Combine(s_image.FullName, ".local");
        await File.WriteAllTextAsync(inTheWay, string.Empty);
        var result = await RunContainerAsync(stack, container, variables);
        File.Delete(inTheWay);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        var lines = result.Error.Split('\n').Where(line => line.StartsWith("{\"type\":\"audit\"", StringComparison.Ordinal))
            .Where(line => !line.Contains("\"outcome\":\"intended\"", StringComparison.Ordinal)).ToList();
        var key = await AskAsync(stack, $"s3api list-objects-v2 --bucket {variables["AUDIT_BUCKET"]} --query Contents[].Key --output text");
        var trail = await AskAsync(stack, $"s3 cp s3://{variables["AUDIT_BUCKET"]}/{key.Trim()} -");
        Assert.That(
            lines,
            Has.Count.EqualTo(JsonElement.Parse(result.Output).GetProperty("changes").GetProperty("applied").GetInt32()).And.Not.Empty);
        Assert.That(trail, Is.EqualTo(string.Join('\n', lines) + '\n'));
    }

    private static Task<CommandResult> RunContainerAsync(DeployedStack stack, JsonElement container, Dictionary<string, string> variables)
    {
        string[] command =
        [
            .. Dockerfile.EntryPoint, .. container.GetProperty("command").EnumerateArray().Select(word => word.GetString()!),
        ];
        return Command.RunAsync(
            command[0], command[1..], s_image.FullName, new Dictionary<string, string>(variables.Concat(stack.Environment)));
    }

    private static Dictionary<string, string> ReadVariables(JsonElement container) =>
        container.GetProperty("environment").EnumerateArray().ToDictionary(
        variable => variable.GetProperty("name").GetString()!, variable => variable.GetProperty("value").GetString()!);

    private static JsonElement ReadContainer() =>
        JsonElement.Parse(File.ReadAllText(Repository.PathOf("samples/ecs-task-definition.json"))).GetProperty("containerDefinitions")[0];

    private static async Task PrepareAsync(DeployedStack stack, Dictionary<string, string> variables)
    {
        await AskAsync(stack, $"s3 mb s3://{variables["BUCKET"]}");
        await AskAsync(stack, $"s3 mb s3://{variables["AUDIT_BUCKET"]}");
        await AskAsync(
            stack,
            $"dynamodb create-table --table-name {variables["TABLE_NAME"]} --billing-mode PAY_PER_REQUEST "
            + "--attribute-definitions AttributeName=uploadSessionId,AttributeType=S --key-schema "
            + "AttributeName=uploadSessionId,KeyType=HASH");
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
