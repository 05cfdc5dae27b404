using System.Runtime.CompilerServices;
using Dispatcher.Hosting;

namespace Dispatcher.Reporting.Tests;

/// <summary>A history of the runs that a test lists.</summary>
internal sealed class ListedHistory(IEnumerable<RunRecord> runs) : IRunHistory
{
    public string Location => "a list of a test";

    public async IAsyncEnumerable<RunRecord> ListAsync(
        RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var run in runs.Where(run => query.Includes(run.Job, run.StartedAt, run.Status)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return run;
        }
    }

    public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default) =>
        Task.FromResult(runs.FirstOrDefault(run => run.RunId == runId));
}
