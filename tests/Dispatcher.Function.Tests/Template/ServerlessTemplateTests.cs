namespace Dispatcher.Function.Tests.Template;

public sealed class ServerlessTemplateTests
{
    private static readonly string[] Basis = ["DispatcherFunction", "DispatcherFunctionRole", "FailedRunsQueue", "LogGroup", "UndeliveredEventsQueue"];
    private static readonly string[] Off = ["VideoUploadCleanupEnabled=false", "VideoUploadBucketName="];
    private static readonly string[] Ecs = ["EcsSubnetIds=subnet-0614f6234c8532909", "EcsRoleArns=arn:aws:iam::123456789012:role/task"];
    private static readonly string[] Database = ["DatabaseHost=db.example.com", "DatabaseName=app", "DatabaseSecretName=maintenance/database"];

    private static IEnumerable<TestCaseData> EachAlone() =>
    [
        Alone("Nothing", [], []),
        Alone("VideoUploadCleanup", ["VideoUploadCleanupEnabled=true", "VideoUploadBucketName=uploads"], ["VideoUploadCleanupRule", "VideoUploadCleanupPermission", "VideoUploadCleanupPolicy"]),
        Alone("CeleryEnqueue", ["CeleryEnqueueEnabled=true"], ["CeleryEnqueueRule", "CeleryEnqueuePermission", "CeleryEnqueuePolicy"]),
        Alone("RunUptime", ["RunUptimeEnabled=true", "RunUptimeUrl=https://app.example.com/run/", "SecretsExtensionLayerArn=LAYER"], ["RunUptimeRule", "RunUptimePermission", "RunUptimePolicy"]),
        Alone("ClaimsReport", ["ClaimsReportEnabled=true", .. Ecs], ["ClaimsReportRule", "ClaimsReportPermission", "ClaimsReportPolicy"]),
        Alone(
            "ChannelBackfill",
            ["ChannelBackfillEnabled=true", .. Ecs],
            ["ChannelBackfillCompletedRule", "ChannelBackfillCompletedPermission", "ChannelBackfillFailedRule", "ChannelBackfillFailedPermission", "ChannelBackfillPolicy", "ChannelBackfillAlerts"]),
        Alone("DailyUptime", ["DailyUptimeEnabled=true", .. Database], ["DailyUptimeRule", "DailyUptimePermission"]),
        Alone("RefreshMaterializedView", ["RefreshMaterializedViewEnabled=true", .. Database], ["RefreshMaterializedViewRule", "RefreshMaterializedViewPermission"]),
        Alone("JobQueue", ["JobQueueEnabled=true"], ["JobQueue", "JobQueueMapping", "JobQueuePolicy", "FailedMessagesQueue"]),
    ];

    [Test]
    public async Task Template_CfnLint_ReportsNothing()
    {
        var (exitCode, output) = await PythonTool.RunAsync("-c", "import sys; from cfnlint.runner import main; sys.exit(main())", ServerlessTemplate.Path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Is.Empty);
            Assert.That(exitCode, Is.Zero);
        }
    }

    [TestCaseSource(nameof(EachAlone))]
    public async Task Template_OneEnabled_DeploysWhatItNeedsAndNothingElse(string[] parameters, string[] resources)
    {
        var deployed = await Deployment.DeployAsync([.. Off, .. parameters]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deployed.Resources, Is.EquivalentTo(resources.Concat(Basis)));
            Assert.That(deployed.Policies, Has.Count.EqualTo(1 + resources.Count(name => name.EndsWith("Policy", StringComparison.Ordinal))), "besides the one for failed runs");
            Assert.That(deployed["translated"].GetRawText(), Does.Contain("DispatcherFunctionEventInvokeConfig"));
            Assert.That(deployed.Environment["DRY_RUN"], Is.EqualTo("true"), "the first deployment only plans");
        }
    }

    [Test]
    public void Template_Handler_IsTheExecutable()
    {
        var function = ServerlessTemplate.Content.GetProperty("Resources").GetProperty("DispatcherFunction").GetProperty("Properties");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(function.GetProperty("Handler").GetString(), Is.EqualTo(typeof(FunctionHost).Assembly.GetName().Name));
            Assert.That(File.Exists(Path.Combine(ServerlessTemplate.Root, function.GetProperty("CodeUri").GetString()!, "Dispatcher.Function.csproj")), Is.True);
        }
    }

    [Test]
    public void Template_Variables_HaveNamesThatLambdaAllows()
    {
        var variables = ServerlessTemplate.Content.GetProperty("Resources").GetProperty("DispatcherFunction").GetProperty("Properties")
            .GetProperty("Environment").GetProperty("Variables").EnumerateObject();

        // https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html
        Assert.That(variables.Select(variable => variable.Name), Is.All.Match("^[a-zA-Z][a-zA-Z0-9_]+$"));
    }

    private static TestCaseData Alone(string name, string[] parameters, string[] resources) =>
        new TestCaseData(parameters, resources).SetArgDisplayNames(name);
}
