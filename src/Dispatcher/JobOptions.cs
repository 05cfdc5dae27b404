namespace Dispatcher;

/// <summary>Says what a registration may say about a job, beyond its name and parameters.</summary>
public sealed class JobOptions
{
    /// <summary>Gets or sets one sentence for the list of jobs.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>Gets or sets the most changes that one run may make. <c>MAX_CHANGES</c> can lower it, not raise it.</summary>
    /// <value>The default value is <see langword="null"/>: no limit of its own.</value>
    public long? MaxChanges { get; set; }

    /// <summary>
    /// Gets or sets the namespace in which every count of the result is emitted as a metric too: <c>contributionsAdded</c> as
    /// <c>ContributionsAdded</c>. A name that ends in <c>Ms</c> is in milliseconds, one that ends in <c>Bytes</c> in bytes.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: counts are in the result only.</value>
    public string? CountsNamespace { get; set; }

    /// <summary>Gets metrics beyond the standard ones, with names, units and namespaces of the job's choice.</summary>
    public ICollection<JobMetric> Metrics { get; } = [];
}
