namespace Dispatcher;

/// <summary>Options for a job registration.</summary>
public sealed class JobOptions
{
    /// <summary>Gets or sets one sentence for the list of jobs.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets the most changes that one run may make. The setting <c>JOB_NAME_MAX_CHANGES</c> replaces it; <c>MAX_CHANGES</c> and a
    /// payload can only lower it.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    public long? MaxChanges
    {
        get => Limits.MaxChanges;
        set => Limits = Limits with { MaxChanges = value };
    }

    /// <summary>
    /// Gets or sets the most items that one run may change, in percent of the items that it has examined
    /// (<see cref="IChangeGate.Examined"/>), from 0 to 100. Not judged among fewer than 10 items. The setting
    /// <c>JOB_NAME_MAX_CHANGES_PERCENT</c> replaces it.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    public decimal? MaxChangesPercent
    {
        get => Limits.MaxChangesPercent;
        set => Limits = Limits with { MaxChangesPercent = value };
    }

    /// <summary>
    /// Gets or sets the most bytes that the changes of one run may free (<see cref="Change.Bytes"/>). The setting
    /// <c>JOB_NAME_MAX_BYTES</c> replaces it.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    public long? MaxBytes
    {
        get => Limits.MaxBytes;
        set => Limits = Limits with { MaxBytes = value };
    }

    /// <summary>
    /// Gets or sets the most changes per second, from 1. It slows a run down. The setting <c>JOB_NAME_MAX_CHANGES_PER_SECOND</c> replaces
    /// it.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    public long? MaxChangesPerSecond
    {
        get => Limits.MaxChangesPerSecond;
        set => Limits = Limits with { MaxChangesPerSecond = value };
    }

    /// <summary>Gets or sets a value indicating whether a slot that is delivered again is skipped, so that its work is done once.</summary>
    /// <value>
    /// The default value is <see langword="true"/>. <see langword="false"/> for a job that has to run each time. Needs a run store.
    /// </value>
    public bool Idempotent { get; set; } = true;

    /// <summary>
    /// Gets or sets the most shards that the work of one slot can be divided into. A job that sets it works on <c>JobContext.Shard</c>
    /// only. Such a job has to be idempotent.
    /// </summary>
    /// <value>The default value is 1: the job cannot be divided. <see cref="JobShard.MaxCount"/> is the most.</value>
    public int MaxShards { get; set; } = 1;

    /// <summary>
    /// Gets or sets the namespace in which every count of the result is emitted as a metric too: <c>contributionsAdded</c> as
    /// <c>ContributionsAdded</c>. A name that ends in <c>Ms</c> is in milliseconds, one that ends in <c>Bytes</c> in bytes.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: counts are in the result only.</value>
    public string? CountsNamespace { get; set; }

    /// <summary>
    /// Gets or sets the name of the parameter that names what a run does, as in a payload: <c>task</c>. A run that has it records it as its
    /// task and emits the metrics of the outcome a second time, with the dimensions <c>Job</c> and <c>Task</c>, unless it is not a plain
    /// name of letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, with or without a revision: <c>nightly:12</c>.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: all runs of the job do the same. The parameter has to be a string.</value>
    public string? TaskParameter { get; set; }

    /// <summary>Gets metrics beyond the standard ones, with names, units and namespaces of the job's choice.</summary>
    public ICollection<JobMetric> Metrics { get; } = [];

    /// <summary>Gets what a run may not do while another run of the job does it; <see langword="null"/> if runs may overlap.</summary>
    internal Func<JobContext, string>? OverlapKey { get; private set; }

    /// <summary>Gets the limits of one run.</summary>
    internal ChangeLimits Limits { get; private set; } = ChangeLimits.None;

    internal List<(string? Name, Action<JobDeployment> Configure)> Deployments { get; } = [];

    internal HashSet<string> FixedParameters { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Fixes parameters: their values come from the configuration (<see cref="FromConfigurationAttribute"/>) or are the defaults, and a
    /// payload that gives one is refused.
    /// </summary>
    /// <param name="parameters">The names of the parameters, as in a payload: <c>bucket</c>.</param>
    public void FixParameters(params IEnumerable<string> parameters) => FixedParameters.UnionWith(parameters);

    /// <summary>Skips a run while another run of the job is at work. Needs a run store.</summary>
    public void PreventOverlap() => OverlapKey = static _ => string.Empty;

    /// <summary>
    /// Skips a run while another run of the job is at work on the same thing: a view, a bucket, a queue. Needs a run store.
    /// </summary>
    /// <typeparam name="TParameters">The record of the job's parameters.</typeparam>
    /// <param name="key">Names the thing by the run's parameters.</param>
    public void PreventOverlap<TParameters>(Func<TParameters, string> key)
        where TParameters : class
    {
        ArgumentNullException.ThrowIfNull(key);
        OverlapKey = context => key((TParameters)context.BoundParameters!);
    }

    /// <summary>
    /// Declares what the deployment of the job needs: schedule, settings, permissions, alarms. The action runs when the template is
    /// generated or tested, never in the function.
    /// </summary>
    /// <param name="configure">Declares it.</param>
    public void Deploy(Action<JobDeployment> configure) => AddDeployment(null, configure);

    /// <summary>
    /// Declares a deployment of the job under a separate name: a second schedule, or one whose name says more than that of the job.
    /// </summary>
    /// <param name="name">The name, kebab-case. It is unique among the names of all deployments.</param>
    /// <param name="configure">Declares what it needs.</param>
    public void Deploy(string name, Action<JobDeployment> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        AddDeployment(name, configure);
    }

    /// <summary>Gets the name of the job, for messages.</summary>
    internal string Job { get; init; } = string.Empty;

    private void AddDeployment(string? name, Action<JobDeployment> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (Deployments.Exists(other => other.Name == name))
        {
            throw new ArgumentException(
                $"Job '{Job}' has {(name is null ? "a deployment" : $"a deployment '{name}'")} already. Give the next one another name: "
                    + $"options.Deploy(\"{Job}-weekly\", …).",
                nameof(name));
        }

        Deployments.Add((name, configure));
    }
}
