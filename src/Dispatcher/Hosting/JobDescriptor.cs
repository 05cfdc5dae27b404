namespace Dispatcher.Hosting;

/// <summary>Is what is known about a registered job without making it.</summary>
public sealed class JobDescriptor
{
    internal JobDescriptor(string name, Type type, JobParameters parameters, JobOptions options)
    {
        Name = name;
        Type = type;
        Parameters = parameters;
        Description = options.Description;
        MaxChanges = options.MaxChanges;
        CountsNamespace = options.CountsNamespace;
        Metrics = [.. options.Metrics];
    }

    /// <summary>Gets the name, kebab-case.</summary>
    public string Name { get; }

    /// <summary>Gets one sentence about the job.</summary>
    public string Description { get; }

    /// <summary>Gets the class that does the work.</summary>
    public Type Type { get; }

    /// <summary>Gets the parameters that the job takes.</summary>
    public JobParameters Parameters { get; }

    /// <summary>Gets the most changes that one run may make, where the registration limits them.</summary>
    public long? MaxChanges { get; }

    /// <summary>Gets the namespace in which every count of the result is a metric too, where the registration gives one.</summary>
    public string? CountsNamespace { get; }

    /// <summary>Gets the job's metrics beyond the standard ones.</summary>
    public IReadOnlyList<JobMetric> Metrics { get; }
}
