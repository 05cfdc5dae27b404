namespace Dispatcher.Hosting;

/// <summary>The answer to a request for a lease. Exactly one of its members is set.</summary>
public sealed record LeaseResult
{
    private LeaseResult()
    {
    }

    /// <summary>Gets the lease, if it was taken.</summary>
    public Lease? Lease { get; private init; }

    /// <summary>Gets the run that holds the lease, if another run does.</summary>
    public LeaseHolder? Holder { get; private init; }

    /// <summary>Gets the outcome of the work behind the lease, if it is finished.</summary>
    public LeaseOutcome? Outcome { get; private init; }

    /// <summary>Creates the answer to a request that takes the lease.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns>The answer.</returns>
    public static LeaseResult Taken(Lease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return new LeaseResult { Lease = lease };
    }

    /// <summary>Creates the answer to a request for a lease that another run holds.</summary>
    /// <param name="holder">The run that holds it.</param>
    /// <returns>The answer.</returns>
    public static LeaseResult HeldBy(LeaseHolder holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return new LeaseResult { Holder = holder };
    }

    /// <summary>Creates the answer to a request for a lease whose work is finished.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The answer.</returns>
    public static LeaseResult Finished(LeaseOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new LeaseResult { Outcome = outcome };
    }
}
