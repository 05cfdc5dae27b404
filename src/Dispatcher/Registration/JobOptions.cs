using Dispatcher.Metrics;

namespace Dispatcher.Registration;

/// <summary>Says what a registration may say about a job, beyond its name and parameters.</summary>
public sealed class JobOptions
{
    /// <summary>Gets or sets one sentence for the list of jobs.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>Gets or sets the most changes that one run may make. <c>MAX_CHANGES</c> can lower it, not raise it.</summary>
    /// <value>The default value is <see langword="null"/>: no limit of its own.</value>
    public long? MaxChanges { get; set; }

    /// <summary>Gets metrics beyond the standard ones, with names, units and namespaces of the job's choice.</summary>
    public ICollection<JobMetric> Metrics { get; } = [];
}
