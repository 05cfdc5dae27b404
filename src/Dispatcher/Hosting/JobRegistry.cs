using System.Diagnostics.CodeAnalysis;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>Holds every registered job, by name.</summary>
public sealed class JobRegistry
{
    private readonly SortedDictionary<string, JobDescriptor> _jobs = new(StringComparer.Ordinal);

    /// <summary>Creates the registry.</summary>
    /// <param name="jobs">The registered jobs; names differ.</param>
    public JobRegistry(IEnumerable<JobDescriptor> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        foreach (var job in jobs)
        {
            _jobs.Add(job.Name, job);
        }
    }

    /// <summary>Gets all jobs, by name.</summary>
    public IReadOnlyCollection<JobDescriptor> Jobs => _jobs.Values;

    /// <summary>Finds a job.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="job">The job, where there is one of that name.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(string name, [NotNullWhen(true)] out JobDescriptor? job) => _jobs.TryGetValue(name, out job);

    /// <summary>Says that there is no job of a name, what was probably meant, and what there is.</summary>
    /// <param name="name">The name that was asked for.</param>
    /// <returns>The message.</returns>
    public string DescribeMissing(string name)
    {
        var registered = _jobs.Count == 0 ? "none" : string.Join(", ", _jobs.Keys);
        return $"No job named '{PayloadText.Shorten(name)}' is registered.{SpellingSuggester.DidYouMean(name, _jobs.Keys)} Registered: {registered}.";
    }

    internal JobDescriptor? Find(string name, ICollection<string> problems)
    {
        if (TryFind(name, out var job))
        {
            return job;
        }

        problems.Add(DescribeMissing(name));
        return null;
    }
}
