using System.Diagnostics.CodeAnalysis;
using Dispatcher.Declarations;

namespace Dispatcher;

/// <summary>
/// What the deployment of a job needs: when it runs, its settings, permissions and alarms. The template of the stack is generated from it.
/// Texts may name parameters of the template as <c>${Parameter}</c>, as CloudFormation's <c>Fn::Sub</c> does.
/// </summary>
public sealed partial class JobDeployment
{
    private readonly bool _isShared;

    internal JobDeployment(string name, bool isShared)
    {
        Name = name;
        _isShared = isShared;
    }

    internal string Name { get; }

    internal string? Prefix { get; private set; }

    internal string? LabelText { get; private set; }

    internal bool EnabledByDefault { get; private set; } = true;

    internal string? EnabledDescription { get; private set; }

    internal string? ConditionName { get; set; }

    internal DeclaredSchedule? Scheduled { get; private set; }

    internal string? TaskText { get; private set; }

    internal List<DeclaredEvent> Events { get; } = [];

    internal List<DeclaredAlarm> Alarms { get; } = [];

    internal (int Hours, string? Description)? ExpectedSuccess { get; private set; }

    internal List<JobDeployment> Shared { get; } = [];

    /// <summary>Sets what the logical ids begin with. Without this call they begin with the name of the job: <c>RotateLogs</c>.</summary>
    /// <param name="prefix">Letters and digits.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment As(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        Prefix = prefix;
        return this;
    }

    /// <summary>Sets the heading under which the console shows the parameters. Parameters with the same heading are in one group.</summary>
    /// <param name="label">The heading.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Label(string label)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        LabelText = label;
        return this;
    }

    /// <summary>Sets whether the job is enabled unless a deployment says otherwise. Without this call it is.</summary>
    /// <param name="byDefault">The default value of the parameter <c>PREFIXEnabled</c>.</param>
    /// <param name="description">The description of that parameter.</param>
    /// <param name="condition">The name of the condition; <see langword="null"/>: <c>RunPREFIX</c>.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Enabled(bool byDefault, string? description = null, string? condition = null)
    {
        RefuseShared(nameof(Enabled));
        EnabledByDefault = byDefault;
        EnabledDescription = description;
        ConditionName = condition;
        return this;
    }

    /// <summary>Runs the job on a schedule. The parameter <c>PREFIXSchedule</c> can change it.</summary>
    /// <param name="expression">The default: <c>rate(1 day)</c>, or <c>cron(0 3 * * ? *)</c> in UTC.</param>
    /// <param name="parameters">The parameters of the payload, a JSON object; <c>${Parameter}</c> is replaced in its strings.</param>
    /// <param name="description">The description of the schedule; <see langword="null"/>: the one of the job.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Schedule(
        string expression, [StringSyntax(StringSyntaxAttribute.Json)] string? parameters = null, string? description = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(expression);
        RefuseShared(nameof(Schedule));
        if (Scheduled is not null)
        {
            throw new InvalidOperationException($"The deployment '{Name}' has the schedule {Scheduled.Expression} already and cannot have "
                + $"{expression} as well. Give the second one another name: options.Deploy(\"{Name}-weekly\", …).");
        }

        Scheduled = new DeclaredSchedule(expression, parameters, description);
        return this;
    }

    /// <summary>
    /// Sets the task of the runs that the deployment starts, whose metrics its alarms watch (<see cref="JobOptions.TaskParameter"/>).
    /// Without this call it is the one among the parameters of the schedule.
    /// </summary>
    /// <param name="task">The task, in which <c>${Parameter}</c> is replaced.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Task(string task)
    {
        ArgumentException.ThrowIfNullOrEmpty(task);
        RefuseShared(nameof(Task));
        TaskText = task;
        return this;
    }

    /// <summary>Delivers an event to the function, which has to map it to a job.</summary>
    /// <param name="name">The name of the event in logical ids: <c>Completed</c>.</param>
    /// <param name="source">The <c>source</c> of the event.</param>
    /// <param name="detailType">The <c>detail-type</c> of the event.</param>
    /// <param name="detail">The pattern of the event's <c>detail</c>, JSON; <see langword="null"/> matches every detail.</param>
    /// <param name="bus">The event bus, in which <c>${Parameter}</c> is replaced; <see langword="null"/>: the default one.</param>
    /// <param name="description">The description of the rule; <see langword="null"/>: the one of the job.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Event(
        string name,
        string source,
        string detailType,
        [StringSyntax(StringSyntaxAttribute.Json)] string? detail = null,
        string? bus = null,
        string? description = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        RefuseShared(nameof(Event));
        Events.Add(new DeclaredEvent(name, source, detailType, detail, bus, description));
        return this;
    }

    /// <summary>Raises an alarm if a metric, or the sum of several, is above a threshold.</summary>
    /// <param name="metric">
    /// A standard metric (<c>itemErrors</c>), a metric of the job or a count of its result; several are joined by <c>+</c>.
    /// </param>
    /// <param name="threshold">The largest sum that raises no alarm.</param>
    /// <param name="perHours">The hours over which the metric is added up: 1 to 24.</param>
    /// <param name="name">The name of the alarm after that of the job, kebab-case; <see langword="null"/>: that of the metric.</param>
    /// <param name="description">The description; <see langword="null"/>: one that is derived from the rest.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment AlarmAbove(string metric, double threshold, int perHours, string? name = null, string? description = null) =>
        AlarmAbove(metric, threshold, TimeSpan.FromHours(perHours), name, description);

    /// <summary>Raises an alarm if a metric, or the sum of several, is above a threshold.</summary>
    /// <param name="metric">
    /// A standard metric (<c>itemErrors</c>), a metric of the job or a count of its result; several are joined by <c>+</c>.
    /// </param>
    /// <param name="threshold">The largest sum that raises no alarm.</param>
    /// <param name="within">The time over which the metric is added up: whole minutes, at most a day.</param>
    /// <param name="name">The name of the alarm after that of the job, kebab-case; <see langword="null"/>: that of the metric.</param>
    /// <param name="description">The description; <see langword="null"/>: one that is derived from the rest.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment AlarmAbove(string metric, double threshold, TimeSpan within, string? name = null, string? description = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        RefuseShared(nameof(AlarmAbove));
        if (within < TimeSpan.FromMinutes(1) || within > TimeSpan.FromDays(1) || within.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(within), within,
                $"The alarm for {metric} of '{Name}' adds up {within}. CloudWatch adds up whole minutes, from 1 minute to 24 hours.");
        }

        string[] metrics = [.. metric.Split('+', StringSplitOptions.TrimEntries).Select(DeploymentNames.ToPascalCase)];
        Alarms.Add(new DeclaredAlarm(name ?? DeploymentNames.ToKebabCase(metrics[0]), metrics, threshold, within, description));
        return this;
    }

    /// <summary>
    /// Sets after how many hours without a success the alarm of a scheduled job is raised, in a parameter of the job's own,
    /// <c>PREFIXNoSuccessHours</c>. Without this call the parameter <c>NoSuccessHours</c> applies, which all jobs share. A job that pauses
    /// for 48 hours or longer gets its own, 168 hours; one that pauses for more than 168 hours has no such alarm.
    /// </summary>
    /// <param name="hours">The default: 1 to 168, because a CloudWatch alarm looks back seven days at most.</param>
    /// <param name="description">The description of the parameter.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment ExpectSuccessWithin(int hours, string? description = null)
    {
        RefuseShared(nameof(ExpectSuccessWithin));
        if (hours is < 1 or > 168)
        {
            throw new ArgumentOutOfRangeException(nameof(hours), hours,
                $"'{Name}' expects a success within {hours} hours. A CloudWatch alarm looks back 1 to 168 hours.");
        }

        ExpectedSuccess = (hours, description);
        return this;
    }

    /// <summary>
    /// Uses what several deployments share, such as a database: its parameters, settings and permissions are there once, as soon as one of
    /// the deployments is enabled. Each of them gives the same definition.
    /// </summary>
    /// <param name="name">The name in logical ids: <c>Database</c>.</param>
    /// <param name="configure">Declares parameters, settings, permissions and what is required.</param>
    /// <param name="condition">The name of the condition; <see langword="null"/>: <c>UseNAME</c>.</param>
    /// <returns>The deployment.</returns>
    public JobDeployment Share(string name, Action<JobDeployment> configure, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        RefuseShared(nameof(Share));
        var shared = new JobDeployment(name, isShared: true) { Prefix = name, ConditionName = condition };
        configure(shared);
        Shared.Add(shared);
        return this;
    }

    private void RefuseShared(string method)
    {
        if (_isShared)
        {
            throw new InvalidOperationException($"'{Name}' is shared by several deployments, so it cannot call {method}. "
                + $"Call {method} on the deployment that uses it.");
        }
    }
}
