using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Hosting;

/// <summary>The registration of a job.</summary>
public sealed class JobDescriptor
{
    private readonly IReadOnlyList<(string? Name, Action<JobDeployment> Configure)> _deployments;

    internal JobDescriptor(
        string name,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type,
        JobParameters parameters,
        JobOptions options)
    {
        Name = name;
        Dimensions = [new(StandardMetrics.JobDimension, name)];
        Type = type;
        Parameters = parameters;
        Description = options.Description;
        Limits = options.Limits;
        Idempotent = options.Idempotent;
        MaxShards = options.MaxShards;
        OverlapKey = options.OverlapKey;
        FixedParameters = options.FixedParameters;
        CountsNamespace = options.CountsNamespace;
        TaskParameter = options.TaskParameter;
        Metrics = [.. options.Metrics];
        _deployments = [.. options.Deployments];
    }

    /// <summary>Gets the name, kebab-case.</summary>
    public string Name { get; }

    /// <summary>Gets one sentence about the job.</summary>
    public string Description { get; }

    /// <summary>Gets the class of the job.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    public Type Type { get; }

    /// <summary>Gets the parameters of the job.</summary>
    public JobParameters Parameters { get; }

    /// <summary>Gets the most changes that one run may make, if the registration limits them.</summary>
    public long? MaxChanges => Limits.MaxChanges;

    /// <summary>Gets the limits of one run that the registration sets. Settings and the payload can change them.</summary>
    public ChangeLimits Limits { get; }

    /// <summary>Gets a value indicating whether a slot that is delivered again is skipped.</summary>
    public bool Idempotent { get; }

    /// <summary>Gets the most shards that the work of one slot can be divided into; 1 if it cannot be divided.</summary>
    public int MaxShards { get; }

    /// <summary>Gets a value indicating whether a run is skipped while another one is at work.</summary>
    public bool PreventsOverlap => OverlapKey is not null;

    /// <summary>Gets the only dimension of the job's standard metrics, in an array that all runs share.</summary>
    internal MetricDimension[] Dimensions { get; }

    /// <summary>Gets the names of the parameters that a payload cannot give.</summary>
    internal IReadOnlySet<string> FixedParameters { get; }

    /// <summary>Gets what a run may not do while another run of the job does it.</summary>
    internal Func<JobContext, string>? OverlapKey { get; }

    /// <summary>Gets the namespace in which every count of the record is a metric too, if the registration sets one.</summary>
    public string? CountsNamespace { get; }

    /// <summary>Gets the name of the parameter that names the task of a run, if the registration sets one.</summary>
    public string? TaskParameter { get; }

    /// <summary>Gets the job's metrics beyond the standard ones.</summary>
    public IReadOnlyList<JobMetric> Metrics { get; }

    /// <summary>Evaluates what the registration declares for the deployment of the job. The function never calls this.</summary>
    /// <returns>One description for each <c>Deploy</c> of the registration, in that order.</returns>
    /// <exception cref="InvalidOperationException">A declaration is invalid; the message states all problems.</exception>
    public IReadOnlyList<DeploymentDescription> DescribeDeployments() => [.. _deployments.Select(Describe)];

    private DeploymentDescription Describe((string? Name, Action<JobDeployment> Configure) declared)
    {
        var deployment = new JobDeployment(declared.Name ?? Name, isShared: false);
        declared.Configure(deployment);
        var description = new DeploymentDescription(this, deployment);
        DeploymentValidator.Validate(description);
        return description;
    }
}
