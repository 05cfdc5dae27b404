using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests.Clients;

/// <summary>The faults of a schedule, decided by its seed.</summary>
internal sealed class Roughness(Random random, bool isRough)
{
    private static readonly FakeFault[] Faults =
    [
        FakeFault.ServerError, FakeFault.Throttled, FakeFault.Cut, FakeFault.ExecutedThenCut, FakeFault.ExecutedThenServerError,
    ];

    private static readonly TimeSpan[] Stalls = [TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(20), TimeSpan.FromHours(3)];

    private readonly double _rate = isRough ? new[] { 0.005, 0.02, 0.1 }[random.Next(3)] : 0;

    /// <summary>Decides how a request fails.</summary>
    public FakeFault NextFault()
    {
        if (random.NextDouble() >= _rate)
        {
            return FakeFault.None;
        }

        return random.Next(8) switch
        {
            0 => FakeFault.Killed,
            1 => FakeFault.ExecutedThenKilled,
            _ => Faults[random.Next(Faults.Length)],
        };
    }

    /// <summary>Decides how long a process stalls before a request.</summary>
    public TimeSpan NextStall() => random.NextDouble() < _rate / 4 ? Stalls[random.Next(Stalls.Length)] : TimeSpan.Zero;

    /// <summary>Decides how far the clock of a process is ahead of the others.</summary>
    public TimeSpan NextSkew() => isRough ? TimeSpan.FromSeconds(random.Next(-120, 120)) : TimeSpan.Zero;
}
