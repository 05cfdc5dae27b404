using System.Collections.Concurrent;

namespace Dispatcher.Hosting;

/// <summary>
/// The limit of a host with a person in front of it on waiting for a system that has never answered: nothing is listening, the network
/// swallows every packet, or the name does not resolve. Clients take it from the services; without it, as in the function, their own
/// limits apply. A system that has answered once is only slow, and gets the time that its client gives it.
/// </summary>
/// <param name="time">The time for the first answer of a system, through all attempts.</param>
/// <param name="notice">The time after which the person is told what is being waited for.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class FirstAnswerLimit(TimeSpan time, TimeSpan notice, TimeProvider timeProvider)
{
    /// <summary>An attempt that begins with less time has no chance, and the pause before it would be waiting for nothing.</summary>
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, long?> _begun = new(StringComparer.Ordinal);

    /// <summary>Gets the time for the first answer of a system.</summary>
    public TimeSpan Time => time;

    /// <summary>Gets the time after which the person is told what is being waited for.</summary>
    public TimeSpan Notice => notice;

    /// <summary>Starts the time of a system at the first call, and determines how much of it is left.</summary>
    /// <param name="system">The system.</param>
    /// <returns>The rest, at least zero; <see langword="null"/> if the system has answered before.</returns>
    public TimeSpan? GetRemaining(string system)
    {
        if (_begun.GetOrAdd(system, _ => timeProvider.GetTimestamp()) is not { } begun)
        {
            return null;
        }

        var remaining = time - timeProvider.GetElapsedTime(begun);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    /// <summary>Determines whether no time is left for another attempt at a system that has not answered.</summary>
    /// <param name="system">The system.</param>
    /// <returns><see langword="true"/> if another attempt is in vain.</returns>
    public bool IsSpent(string system) => GetRemaining(system) is { } remaining && remaining < LeastTime;

    /// <summary>Notes that a system has answered, with success or an error.</summary>
    /// <param name="system">The system.</param>
    public void NoteAnswer(string system) => _begun[system] = null;
}
