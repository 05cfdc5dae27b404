using System.Text.Json.Nodes;
using Dispatcher.Hosting;

namespace Dispatcher.Deployment.Generation;

/// <summary>
/// The watch over jobs that run once a week or more rarely, which the alarms of CloudWatch cannot do: they look back seven days at most.
/// </summary>
/// <param name="template">The template, with the history and the alarms.</param>
internal sealed class WatchResources(GeneratedTemplate template)
{
    /// <summary>The most hours of a limit: 420 days.</summary>
    private const int MostHours = 10_080;

    private const string WatchRuns = "WatchRuns";

    private JsonObject Variables => (JsonObject)template.Properties(GeneratedNames.Function)["Environment"]![nameof(Variables)]!;

    /// <summary>Adds what starts the watch, its permission, and its alarm.</summary>
    /// <param name="plan">The deployments.</param>
    public void Add(DeploymentPlan plan)
    {
        var watched = plan.Deployments.Select(deployment => (deployment, Hours: plan.WatchHours(deployment)))
            .Where(static watched => watched.Hours is not null).ToList();
        if (watched.Count == 0)
        {
            return;
        }

        var isAnyEnabled = CloudFormation.Or([.. watched.Select(static pair => CloudFormation.Condition(pair.deployment.Condition))]);
        GeneratedTemplate.Define(template.Conditions, WatchRuns, new JsonObject
        {
            ["Fn::And"] = new JsonArray(CloudFormation.Condition("KeepRuns"), CloudFormation.Condition("ExpectSuccess"), isAnyEnabled),
        });
        template.Merge(TemplatePart.Read("watch"), "watch");

        // The template knows every schedule, and other alarms watch the jobs that run often.
        Variables["Watch__Rhythm"] = CloudFormation.If(WatchRuns, "false", CloudFormation.NoValue);
        watched.ForEach(pair => AddLimit(pair.deployment, pair.Hours!.Value));
    }

    private void AddLimit(DeploymentDescription deployment, int hours)
    {
        var parameter = $"{deployment.Prefix}WatchHours";
        GeneratedTemplate.Define(template.Parameters, parameter, new JsonObject
        {
            ["Type"] = "Number",
            ["Default"] = hours,
            ["MinValue"] = 1,
            ["MaxValue"] = MostHours,
            ["Description"] = $"After how many hours without a success of {deployment.Name} the alarm of overdue jobs is raised. Needs "
                + "RunsRetentionDays for at least as long.",
        });
        template.Show("Alarms and dashboard", parameter);
        Set(deployment, "Job", deployment.Job.Name);
        if (deployment.Task is { } task)
        {
            Set(deployment, "Task", CloudFormation.Text(task));
        }

        Set(deployment, "MaxHours", CloudFormation.Ref(parameter));
    }

    private void Set(DeploymentDescription deployment, string setting, JsonNode value) =>
        Variables[$"Watch__{deployment.Prefix}__{setting}"] = CloudFormation.If(deployment.Condition, value, CloudFormation.NoValue);
}
