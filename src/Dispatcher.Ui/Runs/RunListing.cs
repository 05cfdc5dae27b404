using Dispatcher.Hosting;

namespace Dispatcher.Ui.Runs;

/// <summary>One page of a list of runs.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="HasMore">Whether older ones follow.</param>
/// <param name="Unread">How many runs were looked at before the reading was given up; 0 if it was not.</param>
internal sealed record RunListing(IReadOnlyList<RunRecord> Runs, bool HasMore, int Unread)
{
    /// <summary>The most runs of a page.</summary>
    public const int PageLength = 50;

    /// <summary>Somebody waits: a text that no run has is not looked for in a million of them.</summary>
    private const int MostRead = 20_000;

    /// <summary>Reads a page.</summary>
    /// <param name="history">The history.</param>
    /// <param name="filter">Which runs.</param>
    /// <param name="after">The last run of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The page.</returns>
    public static async Task<RunListing> ReadAsync(
        IRunHistory history, RunFilter filter, string? after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var runs = new List<RunRecord>();
        var (read, hasBegun) = (0, after is null);
        await foreach (var run in history.ListAsync(filter.ToQuery(now), cancellationToken))
        {
            if (!hasBegun)
            {
                hasBegun = run.RunId == after;
            }
            else if (filter.Includes(run))
            {
                if (runs.Count == PageLength)
                {
                    return new RunListing(runs, HasMore: true, 0);
                }

                runs.Add(run);
            }

            if (++read == MostRead)
            {
                return new RunListing(runs, HasMore: false, read);
            }
        }

        return new RunListing(runs, HasMore: false, 0);
    }
}
