using System.Text.Json.Nodes;
using Dispatcher.Hosting;

namespace Dispatcher.Deployment.Generation;

/// <summary>
/// The roles of the jobs, which a stack has with the parameter <c>JobRoles</c>: one for each job with permissions, however many deployments
/// it has. Only the role of the function may assume it. Without them, the function's role has the permissions.
/// </summary>
/// <param name="template">The template.</param>
/// <param name="plan">The deployments.</param>
internal sealed class RoleResources(GeneratedTemplate template, DeploymentPlan plan)
{
    private const string Part = "job-roles";
    private const string Condition = "UseJobRoles";

    /// <summary>Adds the roles, the permission to assume them, and the variables from which the function learns them.</summary>
    public void Add()
    {
        foreach (var job in plan.Deployments.Select(deployment => deployment.Job).Distinct().Where(HasRole))
        {
            template.Merge(TemplatePart.Read(Part), Part);
            Add(job);
        }
    }

    /// <summary>Returns the roles to which the policy of a deployment is attached.</summary>
    public JsonArray Of(DeploymentDescription deployment) =>
    [
        CloudFormation.If(
            ConditionOf(deployment.Job), CloudFormation.Ref(RoleOf(deployment.Job)), CloudFormation.Ref(GeneratedNames.Role)),
    ];

    /// <summary>Returns the roles to which a policy is attached that several deployments share.</summary>
    public JsonArray Of(SharedUse use) =>
    [
        CloudFormation.If(Condition, CloudFormation.NoValue, CloudFormation.Ref(GeneratedNames.Role)),
        .. use.Users.Select(user => user.Job).Distinct()
            .Select(job => CloudFormation.If(ConditionOf(job), CloudFormation.Ref(RoleOf(job)), CloudFormation.NoValue)),
    ];

    private void Add(JobDescriptor job)
    {
        var role = RoleOf(job);
        var condition = ConditionOf(job);
        GeneratedTemplate.Define(template.Conditions, condition, new JsonObject
        {
            ["Fn::And"] = new JsonArray(
                CloudFormation.Condition(Condition),
                CloudFormation.Or([.. plan.OfJob(job).Select(deployment => CloudFormation.Condition(deployment.Condition))])),
        });
        GeneratedTemplate.Define(template.Resources, role, new JsonObject
        {
            ["Type"] = "AWS::IAM::Role",
            ["Condition"] = condition,
            ["Properties"] = new JsonObject
            {
                ["Description"] = $"What the job {job.Name} may do.",
                ["AssumeRolePolicyDocument"] = Allow(new JsonObject
                {
                    ["Principal"] = new JsonObject { ["AWS"] = CloudFormation.GetArn(GeneratedNames.Role) },
                }),
            },
        });
        GeneratedTemplate.Define(template.Resources, $"{role}Policy", new JsonObject
        {
            ["Type"] = "AWS::IAM::Policy",
            ["Condition"] = condition,
            ["Properties"] = new JsonObject
            {
                ["PolicyName"] = $"assume-{job.Name}",
                ["Roles"] = new JsonArray(CloudFormation.Ref(GeneratedNames.Role)),
                ["PolicyDocument"] = Allow(new JsonObject { ["Resource"] = CloudFormation.GetArn(role) }),
            },
        });
        var variables = (JsonObject)template.Properties(GeneratedNames.Function)["Environment"]!["Variables"]!;
        variables[$"JOB_ROLE_{job.Name.Replace('-', '_').ToUpperInvariant()}"] =
            CloudFormation.If(condition, CloudFormation.GetArn(role), CloudFormation.NoValue);
    }

    private static JsonObject Allow(JsonObject whom)
    {
        var statement = new JsonObject { ["Effect"] = "Allow", ["Action"] = "sts:AssumeRole" };
        foreach (var (name, value) in whom)
        {
            statement[name] = value?.DeepClone();
        }

        return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) };
    }

    private bool HasRole(JobDescriptor job) => plan.OfJob(job)
        .SelectMany(deployment => deployment.Permissions.Concat(deployment.Shared.SelectMany(shared => shared.Permissions)))
        .Any(permission => !permission.IsOfFunction);

    private string ConditionOf(JobDescriptor job) => $"Use{RoleOf(job)}";

    /// <summary>Names the role: as the only deployment of the job, or as the job.</summary>
    private string RoleOf(JobDescriptor job) => plan.OfJob(job) is [var only]
        ? $"{only.Prefix}Role"
        : $"{string.Concat(job.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}Role";
}
