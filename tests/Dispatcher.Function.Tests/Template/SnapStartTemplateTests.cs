using System.Text.Json;
using Dispatcher.Deployment;

namespace Dispatcher.Function.Tests.Template;

/// <summary>
/// Checks and translates the template with SnapStart. It is not deployed: moto's CloudFormation does not resolve the number of a version.
/// </summary>
public sealed class SnapStartTemplateTests
{
    private const string Alias = """{"Ref":"DispatcherFunctionAliaslive"}""";

    private GeneratedFile _file = null!;

    [OneTimeSetUp]
    public void Generate() => _file = new GeneratedFile(
        ServerlessTemplate.AddJobs, ServerlessTemplate.OptionsOfJobs with { UseSnapStart = true });

    [OneTimeTearDown]
    public void Delete() => _file.Dispose();

    [Test]
    public async Task Template_CfnLint_ReportsNothing() => Assert.That(await _file.LintAsync(), Is.Empty);

    [Test]
    public void Inspection_Rules_BelongToTheFunction()
    {
        var inspection = _file.Inspect("VideoUploadBucketName=uploads", "CeleryEnqueueEnabled=true", "CeleryQueueName=celery");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inspection.Findings.Where(finding => finding.Severity == Severity.Error), Is.Empty);
            Assert.That(inspection.Jobs.Select(job => job.Job), Is.SupersetOf(new[] { "video-upload-cleanup", "celery-enqueue" }));
        }
    }

    [Test]
    public async Task Template_SamTranslator_PublishesAVersionThatEverythingInvokes()
    {
        var resources = await TranslateAsync("""{"Release":"1"}""");

        var targets = Properties(resources, "AWS::Events::Rule").SelectMany(static rule => rule.GetProperty("Targets").EnumerateArray())
            .Where(static target => target.GetProperty("Id").GetString() == "dispatcher");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Properties(resources, "AWS::Lambda::Function").Single().GetProperty("SnapStart").GetRawText(),
                Is.EqualTo("""{"ApplyOn": "PublishedVersions"}"""));
            Assert.That(Of(resources, "AWS::Lambda::Version").Single().GetProperty("DeletionPolicy").GetString(), Is.EqualTo("Delete"));
            Assert.That(targets.Select(static target => Text(target.GetProperty("Arn"))), Is.Not.Empty.And.All.EqualTo(Alias));
            Assert.That(
                Properties(resources, "AWS::Lambda::Permission").Concat(Properties(resources, "AWS::Lambda::EventSourceMapping"))
                    .Select(static invoking => Text(invoking.GetProperty("FunctionName"))),
                Is.Not.Empty.And.All.EqualTo(Alias));
            Assert.That(
                Properties(resources, "AWS::Lambda::EventInvokeConfig").Single().GetProperty("Qualifier").GetString(), Is.EqualTo("live"));
        }
    }

    [Test]
    public async Task Template_OnlyAParameterChanges_OnlyTheReleaseChangesTheFunctionAndReplacesTheVersion()
    {
        // The logical id of the version stays. CloudFormation replaces a version whose description changes, and Lambda publishes one only
        // if the configuration of the function has changed too.
        var first = await TranslateAsync("""{"DryRun":"true"}""");
        var second = await TranslateAsync("""{"DryRun":"false"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                second.EnumerateObject().Single(IsVersion).Name, Is.EqualTo(first.EnumerateObject().Single(IsVersion).Name));
            Assert.That(
                Text(Properties(second, "AWS::Lambda::Version").Single().GetProperty("Description")), Is.EqualTo("""{"Ref":"Release"}"""));
            Assert.That(
                Variables(second).Where(static variable => Text(variable.Value) == """{"Ref":"Release"}""")
                    .Select(static variable => variable.Name),
                Is.EqualTo(new[] { "RELEASE" }));
        }
    }

    private static bool IsVersion(JsonProperty resource) => resource.Value.GetProperty("Type").GetString() == "AWS::Lambda::Version";

    private static IEnumerable<JsonElement> Of(JsonElement resources, string type) =>
        resources.EnumerateObject().Select(static resource => resource.Value)
            .Where(resource => resource.GetProperty("Type").GetString() == type);

    private static IEnumerable<JsonElement> Properties(JsonElement resources, string type) =>
        Of(resources, type).Select(static resource => resource.GetProperty("Properties"));

    private static JsonElement.ObjectEnumerator Variables(JsonElement resources) =>
        Properties(resources, "AWS::Lambda::Function").Single().GetProperty("Environment").GetProperty("Variables").EnumerateObject();

    private static string Text(JsonElement element) => JsonSerializer.Serialize(element);

    private async Task<JsonElement> TranslateAsync(string parameters)
    {
        var (exitCode, output) = await PythonTool.RunAsync(
            "-c",
            "import json, os, sys; sys.path.insert(0, os.path.dirname(sys.argv[1])); import deploy; "
                + "print(json.dumps(deploy.translate(sys.argv[2], json.loads(sys.argv[3]))['Resources']))",
            ServerlessTemplate.DeployScript,
            _file.Path,
            parameters);

        Assert.That(exitCode, Is.Zero, output);
        return JsonElement.Parse(output);
    }
}
