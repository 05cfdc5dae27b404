using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Is what stands in moto after <c>serverless.template</c> was deployed there.</summary>
internal sealed class Deployment(JsonElement content)
{
    /// <summary>Gets parameters that enable everything.</summary>
    public static string[] Everything { get; } =
    [
        "VideoUploadBucketName=uploads",
        "CeleryEnqueueEnabled=true",
        "RunUptimeEnabled=true",
        "RunUptimeUrl=https://app.example.com/api/internal/run-uptime/",
        "SecretsExtensionLayerArn=LAYER",
        "ClaimsReportEnabled=true",
        "ChannelBackfillEnabled=true",
        "ChannelBackfillEventBusName=workflow",
        "EcsSubnetIds=subnet-0614f6234c8532909,subnet-07af64e6a2897f64c",
        "EcsRoleArns=arn:aws:iam::123456789012:role/task,arn:aws:iam::123456789012:role/execution",
        "DailyUptimeEnabled=true",
        "RefreshMaterializedViewEnabled=true",
        "DatabaseHost=db.example.com",
        "DatabaseName=app",
        "DatabaseSecretName=maintenance/database",
        "JobQueueEnabled=true",
        "VpcSubnetIds=SUBNET",
        "VpcSecurityGroupIds=GROUP",
    ];

    public IReadOnlyList<string> Resources { get; } = [.. content.GetProperty("resources").EnumerateArray().Select(name => name.GetString()!)];

    public IReadOnlyList<JsonElement> Rules { get; } = [.. content.GetProperty("rules").EnumerateArray()];

    /// <summary>Gets the environment of the function.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; } =
        content.GetProperty("environment").EnumerateObject().ToDictionary(variable => variable.Name, variable => (string?)variable.Value.ToString());

    /// <summary>Gets the statements of the role, by the name of their policy.</summary>
    public IReadOnlyDictionary<string, string> Policies { get; } =
        content.GetProperty("policies").EnumerateObject().ToDictionary(policy => policy.Name, policy => policy.Value.GetRawText());

    /// <summary>Gets what EventBridge hands to the function: for each rule and target of the function, what a sample event becomes.</summary>
    public IEnumerable<string> FunctionInputs =>
        from rule in Rules
        from target in rule.GetProperty("Targets").EnumerateArray()
        where target.GetProperty("Id").GetString() == "dispatcher"
        select RuleTarget.Deliver(target, RuleTarget.Sample(rule));

    public JsonElement this[string member] => content.GetProperty(member);

    /// <summary>Deploys the template.</summary>
    public static async Task<Deployment> DeployAsync(params string[] parameters)
    {
        var (exitCode, output) = await PythonTool.RunAsync([ServerlessTemplate.DeployScript, ServerlessTemplate.Path, .. parameters]);

        Assert.That(exitCode, Is.Zero, output);
        return new Deployment(JsonElement.Parse(output));
    }

    /// <summary>Finds the rule of a resource.</summary>
    public JsonElement Rule(string resource) => Rules.Single(rule => rule.GetProperty("Name").GetString()!.Contains($"-{resource}-", StringComparison.Ordinal));
}
