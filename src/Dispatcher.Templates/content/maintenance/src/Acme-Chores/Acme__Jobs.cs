using Dispatcher;

namespace Acme_Chores;

/// <summary>The list of jobs, for the function, the tool and the tests.</summary>
public static class Acme__Jobs
{
    /// <summary>Adds every job.</summary>
    /// <param name="jobs">The dispatcher.</param>
    public static void Add(IDispatcherBuilder jobs)
    {
        jobs.AddAbortStaleUploads();
    }
}
