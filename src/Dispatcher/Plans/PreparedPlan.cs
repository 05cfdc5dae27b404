using Dispatcher.Hosting;

namespace Dispatcher.Plans;

/// <summary>The plan of one run, which a dry run writes and a real run applies.</summary>
internal sealed class PreparedPlan : IDisposable
{
    /// <summary>Creates the plan that a dry run writes.</summary>
    public PreparedPlan(BoundRequest request, string location, IPlanStore store, PlanWriter writer)
    {
        Request = request;
        Location = location;
        Store = store;
        Writer = writer;
    }

    /// <summary>Creates the plan that a run applies.</summary>
    public PreparedPlan(BoundRequest request, PlanFile file)
    {
        Request = request;
        Location = file.Location;
        File = file;
        Filter = new PlanFilter(file, PlanIndex.Create(file));
        Report = new PlanReport(file.Location, file.Totals.Digest, file.Totals.Changes);
    }

    /// <summary>Gets the request that is run: the slot and the parameters of the plan.</summary>
    public BoundRequest Request { get; }

    public string Location { get; }

    /// <summary>Gets the store that the plan goes to.</summary>
    public IPlanStore? Store { get; }

    public PlanWriter? Writer { get; }

    /// <summary>Gets the plan that is applied.</summary>
    public PlanFile? File { get; }

    public PlanFilter? Filter { get; }

    /// <summary>Gets or sets the report about the plan: once it is published, or from the start if it is applied.</summary>
    public PlanReport? Report { get; set; }

    public void Dispose()
    {
        Writer?.Dispose();
        File?.Dispose();
    }
}
