using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

public sealed class ServerlessTemplateTests
{
    private static IEnumerable<TestCaseData> Small() =>
        Variants.EachAlone.Append(Variants.First).Select(variant => new TestCaseData(variant.Name).SetArgDisplayNames(variant.Name));

    [Test]
    public async Task Template_CfnLint_ReportsNothing()
    {
        var (exitCode, output) = await PythonTool.RunAsync(
            "-c", "import sys; from cfnlint.runner import main; sys.exit(main())", ServerlessTemplate.Path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Is.Empty);
            Assert.That(exitCode, Is.Zero);
        }
    }

    [TestCaseSource(nameof(Small))]
    public async Task Template_OneEnabled_DeploysWhatItNeedsAndNothingElse(string name)
    {
        var variant = Variants.All.Single(variant => variant.Name == name);
        var deployed = await Deployment.OfAsync(variant);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deployed.Resources.Keys, Is.EquivalentTo(variant.Resources.Concat(Variants.Basis)));
            Assert.That(
                deployed.Alarms,
                Has.Count.EqualTo(deployed.Resources.Keys.Count(resource => resource.EndsWith("Alarm", StringComparison.Ordinal))));
            Assert.That(
                deployed.Rules,
                Has.Count.EqualTo(deployed.Resources.Keys.Count(resource => resource.EndsWith("Rule", StringComparison.Ordinal))));
        }
    }

    [TestCase("Nothing", "basis,runs")]
    [TestCase("VideoUploadCleanup", "basis,runs,video-upload-cleanup")]
    [TestCase("DailyUptime", "basis,runs")]
    [TestCase("JobQueue", "basis,runs,job-queue")]
    public async Task Template_OneEnabled_AllowsNothingElse(string name, string policies)
    {
        var deployed = await Deployment.OfAsync(Variants.All.Single(variant => variant.Name == name));

        Assert.That(deployed.Policies.Keys, Is.EquivalentTo(policies.Split(',')));
    }

    [Test]
    public async Task Template_EverythingWithRoles_DeploysAllOfIt()
    {
        var deployed = await Deployment.OfAsync(Variants.Roles);
        var described = ServerlessTemplate.Content.GetProperty("Resources").EnumerateObject().Select(resource => resource.Name);

        Assert.That(
            deployed.Resources.Keys,
            Is.EquivalentTo(
                described.Append("AlarmSubscription")
                    .Append("DispatcherFunctionEventInvokeConfig").Distinct().Except(["ChannelBackfillAlertSubscription"])));
    }

    [Test]
    public async Task Template_FirstDeployment_OnlyPlans() =>
        Assert.That((await Deployment.OfAsync(Variants.First)).Environment["DRY_RUN"], Is.EqualTo("true"));

    [Test]
    public void Template_Handler_IsTheExecutable()
    {
        var function = ServerlessTemplate.Properties("DispatcherFunction");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(function.GetProperty("Handler").GetString(), Is.EqualTo(typeof(MaintenanceJobs).Assembly.GetName().Name));
            Assert.That(
                File.Exists(
                    Path.Combine(ServerlessTemplate.Root, function.GetProperty("CodeUri").GetString()!, "Dispatcher.Function.csproj")),
                Is.True);
        }
    }

    [Test]
    public void Template_Variables_HaveNamesThatLambdaAllows()
    {
        var variables = ServerlessTemplate.Properties("DispatcherFunction")
            .GetProperty("Environment").GetProperty("Variables").EnumerateObject();

        // https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html
        Assert.That(variables.Select(variable => variable.Name), Is.All.Match("^[a-zA-Z][a-zA-Z0-9_]+$"));
    }

    [Test]
    public void Parameters_Each_AreDescribedAndInAGroup()
    {
        var groups = ServerlessTemplate.Content.GetProperty("Metadata")
            .GetProperty("AWS::CloudFormation::Interface").GetProperty("ParameterGroups");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                groups.EnumerateArray()
                    .SelectMany(group => group.GetProperty("Parameters").EnumerateArray()).Select(name => name.GetString()),
                Is.EquivalentTo(ServerlessTemplate.Parameters));
            Assert.That(
                ServerlessTemplate.Parameters.Select(name => ServerlessTemplate.Parameter(name).GetProperty("Description").GetString()),
                Is.All.Not.Empty);
        }
    }

    // Amazon.Lambda.Tools hands a larger one over through S3.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    [Test]
    public void Template_Size_IsWhatCloudFormationTakesFromS3() =>
        Assert.That(new FileInfo(ServerlessTemplate.Path).Length, Is.LessThan(1_000_000));

    [Test]
    public void ToolsDefaults_Each_SaysWhatTheTemplateSays()
    {
        var defaults = JsonElement.Parse(File.ReadAllText(Path.Combine(ServerlessTemplate.Root, "aws-lambda-tools-defaults.json")));
        var function = ServerlessTemplate.Properties("DispatcherFunction");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(defaults.GetProperty("function-runtime").GetString(), Is.EqualTo(function.GetProperty("Runtime").GetString()));
            Assert.That(defaults.GetProperty("function-handler").GetString(), Is.EqualTo(function.GetProperty("Handler").GetString()));
            Assert.That(
                defaults.GetProperty("function-architecture").GetString(),
                Is.EqualTo(ServerlessTemplate.Parameter("Architecture").GetProperty("Default").GetString()));
            Assert.That(
                defaults.GetProperty("function-memory-size").GetInt32(),
                Is.EqualTo(ServerlessTemplate.Parameter("MemorySize").GetProperty("Default").GetInt32()));
            Assert.That(
                defaults.GetProperty("function-timeout").GetInt32(),
                Is.EqualTo(ServerlessTemplate.Parameter("TimeoutSeconds").GetProperty("Default").GetInt32()));
            Assert.That(defaults.GetProperty("template").GetString(), Is.EqualTo(Path.GetFileName(ServerlessTemplate.Path)));
        }
    }
}
