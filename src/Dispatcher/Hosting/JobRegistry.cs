using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>The registered jobs, by name.</summary>
public sealed class JobRegistry
{
    // A sorted dictionary holds pairs, a value type: its code would be compiled in each cold start.
    private readonly Dictionary<string, JobDescriptor> _jobs = new(StringComparer.Ordinal);
    private readonly ReadOnlyCollection<JobDescriptor> _ordered;

    /// <summary>Creates the registry.</summary>
    /// <param name="jobs">The registered jobs. Their names are unique.</param>
    public JobRegistry(IEnumerable<JobDescriptor> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        JobDescriptor[] ordered = [.. jobs];
        Array.Sort(ordered, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        foreach (var job in ordered)
        {
            _jobs.Add(job.Name, job);
        }

        _ordered = Array.AsReadOnly(ordered);
    }

    /// <summary>Gets all jobs, by name.</summary>
    public IReadOnlyCollection<JobDescriptor> Jobs => _ordered;

    /// <summary>Finds a job.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="job">The job, if found.</param>
    /// <returns><see langword="true"/> if a job of that name is registered.</returns>
    public bool TryFind(string name, [NotNullWhen(true)] out JobDescriptor? job) => _jobs.TryGetValue(name, out job);

    /// <summary>Gets a job that is known to be registered.</summary>
    /// <param name="name">The name of the job.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ArgumentException">No such job is registered.</exception>
    public JobDescriptor Get(string name) => TryFind(name, out var job)
        ? job
        : throw new ArgumentException(DescribeMissing(name), nameof(name));

    /// <summary>Formats the message that no job of a name is registered, with the name that was probably meant and all names.</summary>
    /// <param name="name">The name that was given.</param>
    /// <returns>The message.</returns>
    public string DescribeMissing(string name)
    {
        string[] names = [.. _ordered.Select(static job => job.Name)];
        var registered = names.Length == 0 ? "none" : string.Join(", ", names);
        return $"No job named '{PayloadText.Shorten(name)}' is registered.{SpellingSuggester.DidYouMean(name, names)} Registered: "
            + $"{registered}.";
    }

    internal JobDescriptor? Find(string name, ProblemList problems)
    {
        if (TryFind(name, out var job))
        {
            return job;
        }

        problems.Add(DescribeMissing(name));
        return null;
    }
}
