using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Looks at the roles of the jobs in a stack with <c>JobRoles=true</c>.</summary>
public sealed class JobRoleTests
{
    private const string Account = "arn:aws:iam::123456789012:role/";

    private Deployment _deployed = null!;

    [OneTimeSetUp]
    public async Task DeployAsync() => _deployed = await Deployment.OfAsync(Variants.Roles);

    [Test]
    public void FunctionRole_WithJobRoles_HasNoPermissionOfAJobButToAssumeItsRole() =>
        Assert.That(_deployed.Policies.Keys, Is.EquivalentTo(new[]
        {
            "basis", "tracing", "job-queue", "runs", "audit", "plans", "watch",

            // Read by the extension, which has the credentials of the function.
            "run-uptime",
            "assume-video-upload-cleanup", "assume-celery-enqueue", "assume-ecs-run-task",
        }));

    [TestCase("VideoUploadCleanupRole", "video-upload-cleanup")]
    [TestCase("CeleryEnqueueRole", "celery-enqueue")]
    [TestCase("EcsRunTaskRole", "claims-report", "channel-backfill")]
    public async Task JobRole_Each_HasExactlyThePoliciesOfItsJob(string role, params string[] policies)
    {
        var without = await Deployment.OfAsync(Variants.Everything);

        var found = JobRole(role).GetProperty("Policies").EnumerateObject().ToDictionary(policy => policy.Name, policy => policy.Value);

        Assert.That(found.Keys, Is.EquivalentTo(policies));
        Assert.That(
            policies.Select(policy => found[policy].GetRawText()),
            Is.EqualTo(policies.Select(policy => $"[{string.Join(", ", without.Policies[policy].Select(item => item.GetRawText()))}]")));
    }

    [TestCase("VideoUploadCleanupRole", "video-upload-cleanup")]
    [TestCase("CeleryEnqueueRole", "celery-enqueue")]
    [TestCase("EcsRunTaskRole", "ecs-run-task")]
    public void JobRole_Each_IsAssumedByTheFunctionAloneAndNamedInItsEnvironment(string role, string job)
    {
        var trust = JobRole(role).GetProperty("Trust").GetProperty("Statement").EnumerateArray().Single();
        var allowed = _deployed.Policies[$"assume-{job}"].Single();
        var arn = JobRole(role).GetProperty("Arn").GetString();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                trust.GetProperty("Principal").GetRawText(),
                Is.EqualTo($$"""{"AWS": "{{Account}}{{_deployed.Resources["DispatcherFunctionRole"]}}"}"""));
            Assert.That(trust.GetProperty("Action").GetString(), Is.EqualTo("sts:AssumeRole"));
            Assert.That(allowed.GetProperty("Resource").GetString(), Is.EqualTo(arn));
            Assert.That(_deployed.Environment[$"JOB_ROLE_{job.Replace('-', '_').ToUpperInvariant()}"], Is.EqualTo(arn));
        }
    }

    [Test]
    public async Task JobRoles_NotAskedFor_DoNotExist()
    {
        var without = await Deployment.OfAsync(Variants.Everything);

        Assert.That(without["jobRoles"].EnumerateObject(), Is.Empty);
        Assert.That(without.Environment.Keys, Has.None.StartWith("JOB_ROLE_"));
    }

    private JsonElement JobRole(string name) => _deployed["jobRoles"].GetProperty(name);
}
