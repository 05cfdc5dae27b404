using System.Text.Json.Nodes;
using Dispatcher.Declarations;
using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Generation;

/// <summary>The alarms of the jobs.</summary>
/// <param name="template">The template.</param>
/// <param name="text">Creates the descriptions.</param>
internal sealed class AlarmResources(GeneratedTemplate template, AlarmText text)
{
    /// <summary>A schedule without a success is looked at as far back as an alarm looks.</summary>
    private const int NoSuccessDays = 7;

    // The metrics that every run emits.
    private static readonly string[] Standard =
    [
        "Succeeded", "Partial", "Failed", "Skipped", "Continued", "Duration", "Attempts", "ItemErrors", "ChangesApplied", "BytesFreed",
        "ColdStart",
    ];

    /// <summary>Adds the alarms that watch the runs of a job, whatever started them.</summary>
    /// <param name="job">The job.</param>
    /// <param name="prefix">What the logical ids begin with.</param>
    /// <param name="condition">The condition under which the job is deployed.</param>
    public void AddRuns(JobDescriptor job, string prefix, string condition)
    {
        var watch = Watch(prefix, condition);
        Add($"{prefix}FailedAlarm", watch, $"{job.Name}-failed",
            text.Create($"A run of {job.Name} failed. Lambda repeats the run.", job.Name, onlyFailed: true),
            [.. Metric("Failed", job.Name, "Sum", 300), .. Compare(1, 1, "GreaterThanOrEqualToThreshold", "notBreaching")]);
        Add($"{prefix}LongRunAlarm", watch, $"{job.Name}-long-run",
            text.Create($"A run of {job.Name} took longer than LongRunSeconds.", job.Name),
            [
                .. Metric("Duration", job.Name, "Maximum", 300),
                .. Compare(1, CloudFormation.Sub("${LongRunSeconds}000"), "GreaterThanThreshold", "notBreaching"),
            ]);
    }

    /// <summary>Adds the alarm of a schedule without a success.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="name">What the alarm's name begins with.</param>
    /// <param name="ownHours">The job's own number of hours; <see langword="null"/>: the common one applies.</param>
    public void AddNoSuccess(DeploymentDescription deployment, string name, int? ownHours)
    {
        var expect = $"Expect{deployment.Prefix}";
        GeneratedTemplate.Define(template.Conditions, expect, CloudFormation.And(deployment.Condition, "ExpectSuccess"));
        var hours = ownHours is null ? "NoSuccessHours" : OwnHours(deployment);
        Add($"{deployment.Prefix}NoSuccessAlarm", expect, $"{name}-no-success",
            text.Create($"No run of {Runs(deployment)} has succeeded for {hours}.", deployment.Job.Name, days: NoSuccessDays),
            [
                .. Metric("Succeeded", deployment.Job.Name, "Sum", 3600, deployment.Task),
                .. Compare(CloudFormation.Ref(hours), 1, "LessThanThreshold", "breaching"),
            ],
            tellsEnd: true);
    }

    /// <summary>
    /// Adds the alarm of a task that fails. The alarm of the job is about all of its tasks, so that it does not go off again if a second
    /// one fails.
    /// </summary>
    /// <param name="deployment">The deployment, which has a task.</param>
    /// <param name="name">What the alarm's name begins with.</param>
    public void AddFailedTask(DeploymentDescription deployment, string name) =>
        Add($"{deployment.Prefix}TaskFailedAlarm", Watch(deployment.Prefix, deployment.Condition), $"{name}-task-failed",
            text.Create($"A run of {Runs(deployment)} failed. Lambda repeats the run.", deployment.Job.Name, onlyFailed: true),
            [
                .. Metric("Failed", deployment.Job.Name, "Sum", 300, deployment.Task),
                .. Compare(1, 1, "GreaterThanOrEqualToThreshold", "notBreaching"),
            ]);

    /// <summary>Adds the alarms that a deployment declares.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="name">What the alarms' names begin with.</param>
    public void AddDeclared(DeploymentDescription deployment, string name)
    {
        foreach (var alarm in deployment.Alarms)
        {
            var watch = Watch(deployment.Prefix, deployment.Condition);
            var job = deployment.Job;
            var period = (int)alarm.Within.TotalSeconds;
            var metrics = alarm.Metrics is [var only]
                ? [.. Locate(only, job), .. Statistic("Sum", period)]
                : new JsonObject { ["Metrics"] = Sum(alarm, job, period) }.ToList();
            Add($"{deployment.Prefix}{ToPascalCase(alarm.Name)}Alarm", watch, $"{name}-{alarm.Name}",
                text.Create(alarm.Description ?? Describe(alarm, job), job.Name),
                [.. metrics, .. Compare(1, alarm.Threshold, "GreaterThanThreshold", "notBreaching")]);
        }
    }

    /// <summary>Adds the parameter of a deployment that has its own number of hours without a success.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="hours">The default.</param>
    public void AddHours(DeploymentDescription deployment, int hours)
    {
        var name = OwnHours(deployment);
        GeneratedTemplate.Define(template.Parameters, name, new JsonObject
        {
            ["Type"] = "Number",
            ["Default"] = hours,
            ["MinValue"] = 1,
            ["MaxValue"] = 168,
            ["Description"] = deployment.NoSuccessDescription ?? $"NoSuccessHours for {deployment.Name}.",
        });
        template.Show("Alarms and dashboard", name);
    }

    /// <summary>Names the runs of a deployment. A text has no parameters, so a task that is one is named by it.</summary>
    private static string Runs(DeploymentDescription deployment) => deployment.Task is { } task
        ? $"{deployment.Job.Name} with the task {task.Replace("${", string.Empty, StringComparison.Ordinal).TrimEnd('}')}"
        : deployment.Job.Name;

    private static string OwnHours(DeploymentDescription deployment) => $"{deployment.Prefix}NoSuccessHours";

    private string Watch(string prefix, string condition)
    {
        var watch = $"Watch{prefix}";
        GeneratedTemplate.Define(template.Conditions, watch, CloudFormation.And(condition, "RaiseAlarms"));
        return watch;
    }

    private static string Describe(DeclaredAlarm alarm, JobDescriptor job) =>
        $"{string.Join(" + ", alarm.Metrics)} of {job.Name} added up to more than {alarm.Threshold} within "
            + $"{Time(alarm.Within)}.";

    private static string Time(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerHour == 0
            ? Quantity.Count((long)time.TotalHours, "hour")
            : Quantity.Count((long)time.TotalMinutes, "minute");

    private static JsonArray Sum(DeclaredAlarm alarm, JobDescriptor job, int period)
    {
        string[] ids = [.. alarm.Metrics.Select(ToCamelCase)];
        var id = ToCamelCase(ToPascalCase(alarm.Name));
        return
        [
            new JsonObject
            {
                ["Id"] = ids.Contains(id) ? "sum" : id,
                ["Expression"] = string.Join(" + ", ids),
                ["Label"] = ToPascalCase(alarm.Name),
                ["ReturnData"] = true,
            },
            .. alarm.Metrics.Zip(ids, (metric, id) => new JsonObject
            {
                ["Id"] = id,
                ["ReturnData"] = false,
                ["MetricStat"] = new JsonObject
                {
                    ["Metric"] = new JsonObject(Locate(metric, job)), ["Stat"] = "Sum", ["Period"] = period,
                },
            }),
        ];
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Metric(
        string metric, string job, string statistic, int period, string? task = null) =>
        [.. Locate(metric, CloudFormation.Ref("MetricsNamespace"), job, task), .. Statistic(statistic, period)];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Locate(string metric, JobDescriptor job)
    {
        if (job.Metrics.FirstOrDefault(own => own.Name == metric) is { } own)
        {
            return Locate(metric, own.Namespace, null);
        }

        if (Standard.Contains(metric))
        {
            return Locate(metric, CloudFormation.Ref("MetricsNamespace"), job.Name);
        }

        string[] known = [.. Standard, .. job.Metrics.Select(own => own.Name)];
        return job.CountsNamespace is { } counts
            ? Locate(metric, counts, null)
            : throw new InvalidSourceException($"An alarm of '{job.Name}' watches the metric '{metric}', which the job does not emit."
                + $"{SpellingSuggester.DidYouMean(metric, known)} Its metrics: {string.Join(", ", known)}. For a count of the result, set "
                + "options.CountsNamespace.");
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Locate(
        string metric, JsonNode metricsNamespace, string? job, string? task = null)
    {
        yield return new("Namespace", metricsNamespace);
        yield return new("MetricName", metric);
        if (job is not null)
        {
            var dimensions = new JsonArray(new JsonObject { ["Name"] = StandardMetrics.JobDimension, ["Value"] = job });
            if (task is not null)
            {
                dimensions.Add(new JsonObject { ["Name"] = StandardMetrics.TaskDimension, ["Value"] = CloudFormation.Text(task) });
            }

            yield return new("Dimensions", dimensions);
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Statistic(string statistic, int period) =>
        [new("Statistic", statistic), new("Period", period)];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Compare(
        JsonNode periods, JsonNode threshold, string comparison, string missing) =>
        [
            new("EvaluationPeriods", periods), new("Threshold", threshold), new("ComparisonOperator", comparison),
            new("TreatMissingData", missing),
        ];

    private void Add(
        string id, string condition, string name, JsonObject description, IEnumerable<KeyValuePair<string, JsonNode?>> watched,
        bool tellsEnd = false)
    {
        var properties = new JsonObject
        {
            ["AlarmName"] = CloudFormation.Sub($"${{AWS::StackName}}-{name}"), ["AlarmDescription"] = description,
        };
        foreach (var (property, value) in watched)
        {
            properties[property] = value is { Parent: not null } ? value.DeepClone() : value;
        }

        properties["AlarmActions"] = new JsonArray(CloudFormation.Ref("AlarmTopic"));
        if (tellsEnd)
        {
            properties["OKActions"] = new JsonArray(CloudFormation.Ref("AlarmTopic"));
        }

        GeneratedTemplate.Define(template.Resources, id, new JsonObject
        {
            ["Type"] = "AWS::CloudWatch::Alarm", ["Condition"] = condition, ["Properties"] = properties,
        });
    }

    private static string ToCamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string ToPascalCase(string name) =>
        string.Concat(name.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
