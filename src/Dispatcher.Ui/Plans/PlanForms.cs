using System.Globalization;
using Dispatcher.Plans;
using Dispatcher.Text;
using Dispatcher.Tool.Terminal;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Plans;

/// <summary>What the forms about plans do: select changes, apply a plan, write a new one.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class PlanForms(UiSite site)
{
    /// <summary>Publishes the selected changes as a plan, unless all are selected.</summary>
    /// <param name="request">The form.</param>
    /// <returns>The address of the question.</returns>
    /// <exception cref="BadInputException">Nothing is selected, or the plan is not the one that was shown.</exception>
    public async Task<string> SelectAsync(PageRequest request)
    {
        var catalog = new PlanCatalog(site);
        using var plan = await OpenAsync(catalog, request);
        var location = request["scope"] switch
        {
            "all" => plan.Location,
            "ticked" => await PublishTickedAsync(catalog, plan, request),
            "matching" => await PublishMatchingAsync(catalog, plan, request),
            _ => throw new BadInputException("Nothing is selected. Choose all changes, those that match, or those that are ticked."),
        };
        return Link.To("/apply", ("at", location));
    }

    /// <summary>Applies a plan.</summary>
    /// <param name="request">The form.</param>
    /// <returns>The address of the run's progress.</returns>
    /// <exception cref="BadInputException">The plan is not the one of the question.</exception>
    public async Task<string> ApplyAsync(PageRequest request)
    {
        using var plan = await OpenAsync(new PlanCatalog(site), request);
        return $"/work/{site.Work.Start(plan.Header.Job, plan.Location, applies: true).Id}";
    }

    /// <summary>Writes a new plan.</summary>
    /// <param name="request">The form.</param>
    /// <returns>The address of the run's progress.</returns>
    /// <exception cref="BadInputException">No job is named.</exception>
    public Task<string> PlanAsync(PageRequest request)
    {
        var job = request["job"] ?? throw new BadInputException("No job is named. Choose one.");
        return Task.FromResult($"/work/{site.Work.Start(job, new PlanCatalog(site).NameFor(job), applies: false).Id}");
    }

    /// <summary>Stops the run that is at work.</summary>
    /// <param name="request">The form.</param>
    /// <returns>The address of its progress.</returns>
    /// <exception cref="BadInputException">That run is not at work.</exception>
    public Task<string> StopAsync(PageRequest request)
    {
        if (site.Work.Current is not { } work || work.Id != request["id"])
        {
            throw new BadInputException("This run is not at work any more.");
        }

        site.Work.Stop();
        return Task.FromResult($"/work/{work.Id}");
    }

    private static async Task<string> PublishTickedAsync(PlanCatalog catalog, PlanFile plan, PageRequest request)
    {
        var ticked = request.All("n").Select(static text => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0 && number <= plan.Totals.Changes).ToHashSet();
        return await PublishAsync(catalog, plan, change => ticked.Contains(change.Number), ticked.Count, request.Aborted);
    }

    private static async Task<string> PublishMatchingAsync(PlanCatalog catalog, PlanFile plan, PageRequest request)
    {
        var review = await PlanReview.CreateAsync(catalog, plan, PlanChangeFilter.Read(request), request.Aborted);
        return await PublishAsync(catalog, plan, review.Includes, review.ReadMatching().LongCount(), request.Aborted);
    }

    private static async Task<string> PublishAsync(
        PlanCatalog catalog, PlanFile plan, Predicate<PlannedChange> includes, long count, CancellationToken cancellationToken) =>
        count == 0 ? throw new BadInputException("No change is selected. Tick at least one.")
            : count == plan.Totals.Changes ? plan.Location
            : await catalog.PublishExcerptAsync(plan, includes, count, cancellationToken);

    /// <summary>Opens the plan of a form, if it is the one that the page showed.</summary>
    private static async Task<PlanFile> OpenAsync(PlanCatalog catalog, PageRequest request)
    {
        var location = request["at"] ?? throw new BadInputException("No plan is named. Choose one of the list.");
        var plan = await catalog.ReadAsync(location, request.Aborted);
        if (plan.Totals.Digest == request["digest"])
        {
            return plan;
        }

        plan.Dispose();
        throw new BadInputException(
            $"The plan '{PrintableText.Truncate(location, 200)}' is not the one that was shown: its digest is "
            + $"{plan.Totals.Digest}. Review it again.");
    }
}
