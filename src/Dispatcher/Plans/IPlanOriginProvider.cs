namespace Dispatcher.Plans;

/// <summary>A provider of the place that this process works on. A host registers one; by default it is this machine.</summary>
public interface IPlanOriginProvider
{
    /// <summary>Finds out the origin.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The origin.</returns>
    Task<PlanOrigin> GetAsync(CancellationToken cancellationToken = default);
}
