namespace Dispatcher.Plans;

/// <summary>A store of plans, such as a bucket. A host registers those that its payloads may name.</summary>
public interface IPlanStore
{
    /// <summary>Determines whether a location is one of this kind of store, allowed or not.</summary>
    /// <param name="location">A location, as a payload or a person names it.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    bool Handles(string location);

    /// <summary>Refuses a location that the configuration does not allow.</summary>
    /// <param name="location">A location that the store handles.</param>
    /// <exception cref="PermanentJobException">It is not allowed; the message states what is.</exception>
    void EnsureAllowed(string location);

    /// <summary>Opens a plan.</summary>
    /// <param name="location">A location that the store allows.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The contents, from their beginning.</returns>
    Task<Stream> OpenAsync(string location, CancellationToken cancellationToken = default);

    /// <summary>Publishes a plan as a whole. A plan that is there already is never replaced: somebody may have reviewed it.</summary>
    /// <param name="location">A location that the store allows.</param>
    /// <param name="contents">The contents, from their beginning.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>A task that ends when the plan can be read.</returns>
    /// <exception cref="PermanentJobException">Something is at that location already.</exception>
    Task PublishAsync(string location, Stream contents, CancellationToken cancellationToken = default);

    /// <summary>Lists the plans of a folder, in any order. The default implementation lists none.</summary>
    /// <param name="folder">A folder that the store handles: the beginning of locations.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The files with the name of a plan; they may not be plans.</returns>
    /// <exception cref="PermanentJobException">The folder is not allowed or cannot be read.</exception>
    Task<IReadOnlyList<PlanEntry>> ListAsync(string folder, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<PlanEntry>>([]);
}
