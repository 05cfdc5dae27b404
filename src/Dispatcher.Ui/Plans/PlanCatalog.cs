using System.Collections.Concurrent;
using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Tool.Plans;
using Dispatcher.Tool.Terminal;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Plans;

/// <summary>The plans of the folder that the command names. Pages read no plan elsewhere.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class PlanCatalog(UiSite site)
{
    /// <summary>The most plans of the list: each is read as a whole, to check it.</summary>
    public const int MaxPlans = 60;

    private static readonly ConcurrentDictionary<PlanEntry, PlanSummary> Known = new();

    private string Folder => site.Settings.PlanFolder;

    private IPlanStore Store => site.Get<IEnumerable<IPlanStore>>().FirstOrDefault(store => store.Handles(Folder))
        ?? throw new BadInputException($"'{Folder}' is neither a folder nor in S3. Set --plans to one of them.");

    /// <summary>Lists the newest plans.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The plans, newest first, and how many there are.</returns>
    public async Task<(IReadOnlyList<PlanSummary> Plans, int Count)> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PlanEntry> entries;
        try
        {
            entries = await Store.ListAsync(Folder, cancellationToken);
        }
        catch (PermanentJobException exception)
        {
            throw new BadInputException(exception.Message);
        }

        var plans = new List<PlanSummary>();
        foreach (var entry in entries.OrderByDescending(static entry => entry.WrittenAt).Take(MaxPlans))
        {
            if (!Known.TryGetValue(entry, out var summary))
            {
                summary = Known[entry] = await SummarizeAsync(entry, cancellationToken);
            }

            plans.Add(summary with { Use = await FindUseAsync(summary.Header, summary.Totals, cancellationToken) });
        }

        return ([.. plans.OrderByDescending(static plan => plan.CreatedAt)], entries.Count);
    }

    /// <summary>Reads and checks a plan of the folder.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="BadInputException">It is not in the folder, is not a plan, is not whole, or was changed.</exception>
    public Task<PlanFile> ReadAsync(string location, CancellationToken cancellationToken) => Contains(location)
        ? PlanReader.ReadAsync(site.Services, location, cancellationToken)
        : throw new BadInputException(
            $"The plan '{location}' is not in {Folder}. Start the command with --plans and its folder, or "
            + $"use '{site.Tool.Name} plan show'.");

    /// <summary>Finds the plan of the same job that was made before another one.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The one before, or <see langword="null"/>.</returns>
    public async Task<PlanSummary?> FindPreviousAsync(PlanFile plan, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).Plans.FirstOrDefault(other =>
            other.Header is { ExcerptOf: null } header && header.Job == plan.Header.Job && header.CreatedAt < plan.Header.CreatedAt);

    /// <summary>Finds the run that has applied a plan, or applies it.</summary>
    /// <param name="header">The first line of the plan.</param>
    /// <param name="totals">The last line of the plan.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The run; <see langword="null"/> if there is none, or nothing keeps that.</returns>
    public async Task<PlanUse?> FindUseAsync(PlanHeader? header, PlanTotals? totals, CancellationToken cancellationToken)
    {
        if (header is null || totals is null || site.Get<IRunHistory>() is not IRunStore store)
        {
            return null;
        }

        var leases = await store.ReadLeasesAsync(header.Job, [$"plan:{totals.Digest}"], cancellationToken);
        return leases is not [{ } lease] ? null
            : lease.Outcome is { } outcome ? new PlanUse(outcome.RunId, outcome.FinishedAt, HasEnded: true)
            : lease.Holder is { } holder ? new PlanUse(holder.RunId, holder.Since, HasEnded: false)
            : null;
    }

    /// <summary>Publishes a plan of some of the changes of another one, beside it.</summary>
    /// <param name="plan">The whole plan.</param>
    /// <param name="includes">Selects changes.</param>
    /// <param name="count">How many these are.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Where the excerpt is.</returns>
    /// <exception cref="BadInputException">It could not be written.</exception>
    public async Task<string> PublishExcerptAsync(
        PlanFile plan, Predicate<PlannedChange> includes, long count, CancellationToken cancellationToken)
    {
        var (name, extension) = plan.Location.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? (plan.Location[..^".jsonl.gz".Length], ".jsonl.gz")
            : (plan.Location[..^".jsonl".Length], ".jsonl");
        var location = $"{name}.{count}-of-{plan.Totals.Changes}.{site.Now:yyyyMMdd-HHmmss}{extension}";
        try
        {
            await PlanExcerpt.PublishAsync(plan, includes, Store, location, cancellationToken);
            return location;
        }
        catch (PermanentJobException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }

    /// <summary>Names a new plan.</summary>
    /// <param name="job">The job.</param>
    /// <returns>Where the plan is going to be.</returns>
    public string NameFor(string job)
    {
        var name = $"{job}.{site.Now:yyyyMMdd-HHmmss}.jsonl";
        return IsInS3 ? $"{Folder.TrimEnd('/')}/{name}.gz" : Path.Combine(Folder, name);
    }

    private bool IsInS3 => Folder.Contains("://", StringComparison.Ordinal);

    private bool Contains(string location)
    {
        if (!location.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
            && !location.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return IsInS3
            ? location.StartsWith(Folder.TrimEnd('/') + "/", StringComparison.Ordinal)
            : !location.Contains("://", StringComparison.Ordinal)
                && Path.GetDirectoryName(Path.GetFullPath(location)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder));
    }

    private async Task<PlanSummary> SummarizeAsync(PlanEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            using var plan = await PlanReader.ReadAsync(site.Services, entry.Location, cancellationToken);
            return new PlanSummary(entry, plan.Header, plan.Totals, null);
        }
        catch (BadInputException exception)
        {
            return new PlanSummary(entry, null, null, exception.Message);
        }
    }
}
