using System.Text.Json.Nodes;
using Dispatcher.Deployment.Generation;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Deployment.Tests.Generation;

public sealed class RoleResourcesTests
{
    private const string Function = """{"Ref":"DispatcherFunctionRole"}""";

    [Test]
    public void Generate_PermissionOfTheFunctionBesideOneOfTheJob_StaysWithTheFunction()
    {
        var resources = Generate(
            deploy => deploy.Allow("*", "s3:ListBucket").Allow(new JobPermission("*", "ssm:GetParameter") { IsOfFunction = true }),
            deploy => deploy.Schedule("rate(1 hour)"));

        Assert.That(Roles(resources, "RotateLogsPolicy"), Is.EqualTo(
            """[{"Fn::If":["UseRotateLogsRole",{"Ref":"RotateLogsRole"},{"Ref":"DispatcherFunctionRole"}]}]"""));
        Assert.That(Roles(resources, "RotateLogsFunctionPolicy"), Is.EqualTo($"[{Function}]"));
        Assert.That(Actions(resources, "RotateLogsPolicy"), Is.EqualTo("s3:ListBucket"));
        Assert.That(Actions(resources, "RotateLogsFunctionPolicy"), Is.EqualTo("ssm:GetParameter"));
    }

    [Test]
    public void Generate_PermissionThatJobsShare_GoesToTheRoleOfEach()
    {
        static void Use(JobDeployment deploy) => deploy.Share("Archive", part => part.Allow("*", "s3:GetObject"));

        var resources = Generate(Use, Use);

        Assert.That(Roles(resources, "ArchivePolicy"), Is.EqualTo(
            """[{"Fn::If":["UseJobRoles",{"Ref":"AWS::NoValue"},{"Ref":"DispatcherFunctionRole"}]},"""
            + """{"Fn::If":["UseRotateLogsRole",{"Ref":"RotateLogsRole"},{"Ref":"AWS::NoValue"}]},"""
            + """{"Fn::If":["UseSendMailRole",{"Ref":"SendMailRole"},{"Ref":"AWS::NoValue"}]}]"""));
    }

    [Test]
    public void Generate_NoJobWithAPermission_HasNoRolesAndNoParameter()
    {
        var template = GenerateTemplate(
            deploy => deploy.Schedule("rate(1 hour)"),
            deploy => deploy.Allow(new JobPermission("*", "ssm:GetParameter") { IsOfFunction = true }));

        Assert.That(template["Resources"]!.AsObject().Select(resource => resource.Key), Has.None.Matches("^(RotateLogs|SendMail)Role"));
        Assert.That(template["Parameters"]!.AsObject().ContainsKey("JobRoles"), Is.False);
        Assert.That(Roles(template["Resources"]!.AsObject(), "SendMailPolicy"), Is.EqualTo($"[{Function}]"));
    }

    private static string Roles(JsonObject resources, string policy) => resources[policy]!["Properties"]!["Roles"]!.ToJsonString();

    private static string? Actions(JsonObject resources, string policy) =>
        (string?)resources[policy]!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray().Single()!["Action"];

    private static JsonObject Generate(Action<JobDeployment> first, Action<JobDeployment> second) =>
        GenerateTemplate(first, second)["Resources"]!.AsObject();

    private static JsonNode GenerateTemplate(Action<JobDeployment> first, Action<JobDeployment> second) =>
        JsonNode.Parse(TemplateGenerator.Generate(
            builder => builder
                .AddJob<IdleJob>("rotate-logs", options => options.Deploy(first))
                .AddJob<IdleJob>("send-mail", options => options.Deploy(second)),
            new ApplicationOptions { CodeUri = "src/Acme.Function/", Handler = "Acme.Function" },
            "."))!;

    private sealed class IdleJob : IMaintenanceJob
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded("Done."));
    }
}
