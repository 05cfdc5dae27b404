using System.Text.Json;
using Dispatcher.Payload;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests.Template;

public sealed class ServerlessTemplateTests
{
    private static readonly string[] JobResources = ["VideoUploadCleanupPermission", "VideoUploadCleanupPolicy", "VideoUploadCleanupRule"];

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

    [Test]
    public async Task Template_JobEnabled_DeploysItsRuleWithPermissionAndPolicy()
    {
        var deployed = await DeployAsync("VideoUploadBucketName=uploads");

        var target = deployed.GetProperty("targets")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Strings(deployed, "resources"), Is.SupersetOf(JobResources));
            Assert.That(Strings(deployed, "policies"), Does.Contain("video-upload-cleanup"));
            Assert.That(Strings(deployed, "schedules"), Is.EqualTo(new[] { "rate(1 hour)" }));
            Assert.That(target.GetProperty("Input").GetString(), Is.EqualTo("""{"job":"video-upload-cleanup"}"""));
            Assert.That(target.GetProperty("DeadLetterConfig").GetProperty("Arn").GetString(), Does.Contain("UndeliveredEventsQueue"));
            Assert.That(Strings(deployed, "translated"), Does.Contain("DispatcherFunctionEventInvokeConfig"));
        }
    }

    [Test]
    public async Task Template_JobDisabled_LeavesNeitherRuleNorPolicy()
    {
        var deployed = await DeployAsync("VideoUploadCleanupEnabled=false", "VideoUploadBucketName=");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Strings(deployed, "resources"), Does.Contain("DispatcherFunction").And.None.AnyOf(JobResources));
            Assert.That(Strings(deployed, "policies"), Does.Not.Contain("video-upload-cleanup"));
            Assert.That(Strings(deployed, "schedules"), Is.Empty);
        }
    }

    [Test]
    public async Task Template_Defaults_OnlyPlan()
    {
        var deployed = await DeployAsync("VideoUploadBucketName=uploads");

        Assert.That(deployed.GetProperty("environment").GetProperty("DRY_RUN").GetString(), Is.EqualTo("true"));
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
    public void Template_RuleInputs_AreThere() => Assert.That(ServerlessTemplate.RuleInputs, Is.Not.Empty);

    [TestCaseSource(typeof(ServerlessTemplate), nameof(ServerlessTemplate.RuleInputs))]
    public void Template_RuleInput_IsAPayloadThatTheFunctionTakes(string input)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(ServerlessTemplate.EnvironmentDefaults).Build();
        using var services = FunctionServices.Build(given => given.AddSingleton<IConfiguration>(configuration));

        Assert.That(() => services.GetRequiredService<JobRequestReader>().Read(JsonElement.Parse(input)), Throws.Nothing);
    }

    private static async Task<JsonElement> DeployAsync(params string[] parameters)
    {
        var (exitCode, output) = await PythonTool.RunAsync([ServerlessTemplate.DeployScript, ServerlessTemplate.Path, .. parameters]);

        Assert.That(exitCode, Is.Zero, output);
        return JsonElement.Parse(output);
    }

    private static IEnumerable<string> Strings(JsonElement deployed, string member) =>
        [.. deployed.GetProperty(member).EnumerateArray().Select(item => item.GetString()!)];
}
