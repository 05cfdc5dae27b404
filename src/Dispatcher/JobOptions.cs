namespace Dispatcher;

/// <summary>Options for a job registration.</summary>
public sealed class JobOptions
{
    /// <summary>Gets or sets one sentence for the list of jobs.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>Gets or sets the most changes that one run may make. <c>MAX_CHANGES</c> can lower it, not raise it.</summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    public long? MaxChanges { get; set; }

    /// <summary>
    /// Gets or sets the namespace in which every count of the result is emitted as a metric too: <c>contributionsAdded</c> as
    /// <c>ContributionsAdded</c>. A name that ends in <c>Ms</c> is in milliseconds, one that ends in <c>Bytes</c> in bytes.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: counts are in the result only.</value>
    public string? CountsNamespace { get; set; }

    /// <summary>Gets metrics beyond the standard ones, with names, units and namespaces of the job's choice.</summary>
    public ICollection<JobMetric> Metrics { get; } = [];

    internal List<(string? Name, Action<JobDeployment> Configure)> Deployments { get; } = [];

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
