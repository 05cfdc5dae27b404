using System.Text.Json.Nodes;
using Dispatcher.Hosting;

namespace Dispatcher.Deployment.Generation;

/// <summary>Everything that jobs add to a template.</summary>
/// <param name="template">The template.</param>
/// <param name="plan">The deployments.</param>
/// <param name="options">The options.</param>
internal sealed class JobSections(GeneratedTemplate template, DeploymentPlan plan, ApplicationOptions options)
{
    private readonly NeedsSection _needs = new(template, plan.AskedParameters);
    private readonly RoleResources _roles = new(template, plan);
    private readonly ScheduleResources _schedules = new(template, options.UseScheduler);
    private readonly AlarmResources _alarms = new(template, new AlarmText(options.Tool));

    /// <summary>Adds them, each job after the other and what jobs share after the last of them.</summary>
    public void Add()
    {
        foreach (var deployment in plan.Deployments)
        {
            AddParameters(deployment);
            foreach (var use in plan.EndingWith(deployment))
            {
                AddParameters(use);
            }
        }

        foreach (var deployment in plan.Deployments)
        {
            AddResources(deployment);
            foreach (var use in plan.EndingWith(deployment))
            {
                _needs.AddSettings(use.Shared);
                _needs.AddPolicies(use.Shared, use.Shared.Name, _roles.Of(use));
            }

            if (options.Has("alarms") && plan.OfJob(deployment.Job)[^1] == deployment)
            {
                AddAlarmsOfRuns(deployment.Job);
            }
        }

        _roles.Add();
        _needs.AddLayers();
    }

    /// <summary>Adds the parameters of the alarms of single jobs.</summary>
    public void AddAlarmParameters()
    {
        foreach (var deployment in plan.Deployments)
        {
            if (plan.ExpectsSuccess(deployment, out var hours) && hours is { } own)
            {
                _alarms.AddHours(deployment, own);
            }
        }
    }

    private void AddParameters(DeploymentDescription deployment)
    {
        GeneratedTemplate.Define(template.Parameters, deployment.EnabledParameter, new JsonObject
        {
            ["Type"] = "String",
            ["Default"] = deployment.EnabledByDefault ? "true" : "false",
            ["AllowedValues"] = new JsonArray("true", "false"),
            ["Description"] = deployment.EnabledDescription,
        });
        template.Show(deployment.Label, deployment.EnabledParameter);
        if (deployment.Schedule is { } schedule)
        {
            var zone = options.UseScheduler ? "ScheduleTimeZone" : "UTC";
            GeneratedTemplate.Define(template.Parameters, deployment.ScheduleParameter, new JsonObject
            {
                ["Type"] = "String",
                ["Default"] = schedule.Expression,
                ["AllowedPattern"] = options.UseScheduler ? @"(rate|cron|at)\(.+\)" : @"(rate|cron)\(.+\)",
                ["Description"] = $"When it runs: rate(6 hours), or cron(0 3 * * ? *) in {zone}.",
            });
            template.Show(deployment.Label, deployment.ScheduleParameter);
        }

        GeneratedTemplate.Define(template.Conditions, deployment.Condition, CloudFormation.IsEqual(deployment.EnabledParameter, "true"));
        _needs.AddParameters(deployment);
        _needs.AddRule(deployment, [deployment.EnabledParameter]);
    }

    private void AddParameters(SharedUse use)
    {
        // Every user gives the definition; Define refuses one that differs.
        foreach (var shared in use.Users.SelectMany(user => user.Shared).Where(shared => shared.Name == use.Shared.Name))
        {
            _needs.AddParameters(shared);
        }

        // CloudFormation knows no condition that only names another one.
        GeneratedTemplate.Define(template.Conditions, use.Shared.Condition, use.Users is [var only]
            ? CloudFormation.IsEqual(only.EnabledParameter, "true")
            : CloudFormation.Or([.. use.Users.Select(user => CloudFormation.Condition(user.Condition))]));
        _needs.AddRule(use.Shared, [.. use.Users.Select(user => user.EnabledParameter)]);
    }

    private void AddResources(DeploymentDescription deployment)
    {
        _needs.AddSettings(deployment);
        _schedules.Add(deployment);
        _needs.AddPolicies(deployment, deployment.Name, _roles.Of(deployment));
        if (!options.Has("alarms"))
        {
            return;
        }

        var name = plan.OfJob(deployment.Job).Count == 1 ? deployment.Job.Name : deployment.Name;
        if (plan.ExpectsSuccess(deployment, out var hours))
        {
            _alarms.AddNoSuccess(deployment, name, hours);
        }

        if (deployment.Task is not null && plan.OfJob(deployment.Job).Count > 1)
        {
            _alarms.AddFailedTask(deployment, name);
        }

        _alarms.AddDeclared(deployment, name);
    }

    /// <summary>The metrics of runs are those of a job, so several deployments of one share its alarms.</summary>
    private void AddAlarmsOfRuns(JobDescriptor job)
    {
        var deployments = plan.OfJob(job);
        if (deployments is [var only])
        {
            _alarms.AddRuns(job, only.Prefix, only.Condition);
        }
        else if (plan.Shared.FirstOrDefault(use => use.Users.SequenceEqual(deployments)) is { Shared: var shared })
        {
            _alarms.AddRuns(job, shared.Prefix, shared.Condition);
        }
        else
        {
            var prefix = $"Any{string.Concat(job.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}";
            var condition = $"Run{prefix}";
            GeneratedTemplate.Define(template.Conditions, condition,
                CloudFormation.Or([.. deployments.Select(deployment => CloudFormation.Condition(deployment.Condition))]));
            _alarms.AddRuns(job, prefix, condition);
        }
    }
}
