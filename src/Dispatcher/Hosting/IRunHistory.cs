namespace Dispatcher.Hosting;

/// <summary>The history of runs: a table in AWS, a file on a laptop.</summary>
public interface IRunHistory
{
    /// <summary>Gets the location of the runs, as a person would look it up: <c>DynamoDB table maintenance-runs</c>.</summary>
    string Location { get; }

    /// <summary>
    /// Gets what the last reading had to leave out, a sentence for each reason: an unreadable entry, jobs that could not be listed.
    /// </summary>
    /// <value>The default value is empty: all that was asked for was read.</value>
    IReadOnlyList<string> Omissions => [];

    /// <summary>Reads runs, newest first.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The runs, read as they are asked for.</returns>
    IAsyncEnumerable<RunRecord> ListAsync(RunQuery query, CancellationToken cancellationToken = default);

    /// <summary>Finds one run.</summary>
    /// <param name="runId">The run id, or an unambiguous beginning of it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The run; <see langword="null"/> if the history has no run of that id.</returns>
    /// <exception cref="AmbiguousRunException">Several runs have an id that begins so.</exception>
    Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default);
}
