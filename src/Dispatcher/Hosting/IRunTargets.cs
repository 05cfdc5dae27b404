namespace Dispatcher.Hosting;

/// <summary>
/// A source of what the runs of a job work on, shown before a person confirms a run. What a parameter names need not be repeated. Register
/// any number as singletons.
/// </summary>
public interface IRunTargets
{
    /// <summary>Describes what a run of a job works on.</summary>
    /// <param name="job">The job.</param>
    /// <returns>
    /// Each target with its kind, without secrets: <c>Database</c> and <c>database 'app' on db:5432 as user 'jobs'</c>. Empty for a job
    /// that does not use this kind.
    /// </returns>
    IReadOnlyList<KeyValuePair<string, string>> Describe(JobDescriptor job);
}
