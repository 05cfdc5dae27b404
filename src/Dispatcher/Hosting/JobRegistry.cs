using System.Diagnostics.CodeAnalysis;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>The registered jobs, by name.</summary>
public sealed class JobRegistry
{
    private readonly SortedDictionary<string, JobDescriptor> _jobs = new(StringComparer.Ordinal);

    /// <summary>Creates the registry.</summary>
    /// <param name="jobs">The registered jobs. Their names are unique.</param>
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
    /// <param name="job">The job, if found.</param>
    /// <returns><see langword="true"/> if a job of that name is registered.</returns>
    public bool TryFind(string name, [NotNullWhen(true)] out JobDescriptor? job) => _jobs.TryGetValue(name, out job);

    /// <summary>Gets a job that is known to be registered.</summary>
    /// <param name="name">The name of the job.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ArgumentException">No such job is registered.</exception>
    public JobDescriptor Get(string name) => TryFind(name, out var job) ? job : throw new ArgumentException(DescribeMissing(name), nameof(name));

    /// <summary>Formats the message that no job of a name is registered, with the name that was probably meant and all names.</summary>
    /// <param name="name">The name that was given.</param>
    /// <returns>The message.</returns>
    public string DescribeMissing(string name)
    {
        var registered = _jobs.Count == 0 ? "none" : string.Join(", ", _jobs.Keys);
        return $"No job named '{PayloadText.Shorten(name)}' is registered.{SpellingSuggester.DidYouMean(name, _jobs.Keys)} Registered: {registered}.";
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
