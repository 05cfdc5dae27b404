using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Declarations;

namespace Dispatcher.Hosting;

/// <summary>What a job declares for its deployment.</summary>
public sealed class DeploymentDescription : DeploymentNeeds
{
    internal DeploymentDescription(JobDescriptor job, JobDeployment deployment)
        : base(deployment)
    {
        Job = job;
        Label = deployment.LabelText ?? (Name == job.Name ? $"Job {job.Name}" : $"Job {job.Name}: {Name}");
        Condition = deployment.ConditionName ?? $"Run{Prefix}";
        EnabledByDefault = deployment.EnabledByDefault;
        EnabledDescription = deployment.EnabledDescription ?? $"Whether {Name} is enabled.";
        Schedule = deployment.Scheduled;
        Task = deployment.TaskText ?? FindTask(job, Schedule);
        Events = [.. deployment.Events];
        Alarms = [.. deployment.Alarms];
        NoSuccessHours = deployment.ExpectedSuccess?.Hours;
        NoSuccessDescription = deployment.ExpectedSuccess?.Description;
        Shared = [.. deployment.Shared.Select(shared => new SharedDeployment(shared))];
    }

    /// <summary>Gets the job.</summary>
    public JobDescriptor Job { get; }

    /// <inheritdoc/>
    public override string Label { get; }

    /// <inheritdoc/>
    public override string Condition { get; }

    /// <summary>Gets a value indicating whether the job is enabled unless a deployment says otherwise.</summary>
    public bool EnabledByDefault { get; }

    /// <summary>Gets the description of the parameter that enables the job.</summary>
    public string EnabledDescription { get; }

    /// <summary>Gets the name of the parameter that enables the job.</summary>
    public string EnabledParameter => $"{Prefix}Enabled";

    /// <summary>Gets the name of the parameter with the schedule.</summary>
    public string ScheduleParameter => $"{Prefix}Schedule";

    /// <summary>Gets the schedule, if there is one.</summary>
    public DeclaredSchedule? Schedule { get; }

    /// <summary>Gets the task of the runs, in which <c>${Parameter}</c> is replaced; <see langword="null"/> if they have none.</summary>
    public string? Task { get; }

    /// <summary>Gets the events that are delivered to the function.</summary>
    public IReadOnlyList<DeclaredEvent> Events { get; }

    /// <summary>Gets the alarms beyond those that every job has.</summary>
    public IReadOnlyList<DeclaredAlarm> Alarms { get; }

    /// <summary>Gets the job's own number of hours without a success that raise an alarm; <see langword="null"/>: the common one.</summary>
    public int? NoSuccessHours { get; }

    /// <summary>Gets the description of the parameter with <see cref="NoSuccessHours"/>.</summary>
    public string? NoSuccessDescription { get; }

    /// <summary>Gets what the deployment shares with others.</summary>
    public IReadOnlyList<SharedDeployment> Shared { get; }

    /// <summary>Finds the task among the parameters of a schedule. The validator reports what cannot be read.</summary>
    private static string? FindTask(JobDescriptor job, DeclaredSchedule? schedule)
    {
        if (job.TaskParameter is not { } name || schedule?.Parameters is not { } parameters)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(parameters) is JsonObject given && given[name] is JsonValue value && value.TryGetValue(out string? task)
                ? task
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
