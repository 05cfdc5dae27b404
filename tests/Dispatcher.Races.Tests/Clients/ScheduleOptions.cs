namespace Dispatcher.Races.Tests.Clients;

/// <summary>What happens in a schedule.</summary>
/// <param name="Mode">The mode of the cleanup.</param>
/// <param name="ClientsKnowClaims">Whether clients write on the condition that a session is created and not claimed.</param>
internal sealed record ScheduleOptions(CleanupMode Mode, bool ClientsKnowClaims)
{
    /// <summary>Gets how many processes run the cleanup at once, each for a delivery of the same slot.</summary>
    public int Runners { get; init; } = 1;

    /// <summary>Gets a value indicating whether the runners share a run store, with its slots and leases.</summary>
    public bool HasStore { get; init; }

    /// <summary>
    /// Gets a value indicating whether requests fail in every way, processes are killed or stall for hours, and clocks differ by minutes.
    /// </summary>
    public bool IsRough { get; init; }
}
