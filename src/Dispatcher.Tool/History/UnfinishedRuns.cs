using Dispatcher.Hosting;
using Dispatcher.LocalServers;
using Dispatcher.Reporting.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.History;

/// <summary>The runs of this machine that have started and have no record in the history.</summary>
/// <param name="marks">The marks of the runs.</param>
/// <param name="history">The history.</param>
/// <param name="trails">The audit trails.</param>
internal sealed class UnfinishedRuns(RunMarks marks, IRunHistory history, AuditSearch trails)
{
    /// <summary>Creates the list of a command.</summary>
    /// <param name="services">The services of the tool.</param>
    /// <returns>The list.</returns>
    public static UnfinishedRuns Of(IServiceProvider services) => new(
        new RunMarks(LocalFolder.Find()),
        services.GetRequiredService<IRunHistory>(),
        new AuditSearch(services.GetServices<IAuditTrail>()));

    /// <summary>Lists the runs.</summary>
    /// <param name="job">The only job; all jobs if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The runs, newest first.</returns>
    public async Task<IReadOnlyList<UnfinishedRun>> ListAsync(string? job, CancellationToken cancellationToken)
    {
        var runs = new List<UnfinishedRun>();
        foreach (var (mark, isOpen) in await marks.ListAsync(history.Location, job, cancellationToken))
        {
            if (!await IsRecordedAsync(mark, cancellationToken))
            {
                runs.Add(new UnfinishedRun(mark.RunId, mark.Job, mark.StartedAt)
                {
                    IsAtWork = isOpen,
                    HasChanges = await HasChangesAsync(mark, cancellationToken),
                });
            }
            else if (!isOpen)
            {
                marks.Delete(mark);
            }
        }

        return runs;
    }

    /// <summary>A trail that cannot be read leaves it open whether there are changes.</summary>
    private async Task<bool?> HasChangesAsync(RunMark mark, CancellationToken cancellationToken)
    {
        try
        {
            return await trails.FindFileAsync(mark.RunId, mark.Job, cancellationToken) is not null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<bool> IsRecordedAsync(RunMark mark, CancellationToken cancellationToken) => history is IRunStore store
        ? await store.GetAsync(mark.Job, mark.RunId, cancellationToken) is not null
        : await history.FindAsync(mark.RunId, cancellationToken) is not null;
}
