namespace Dispatcher.Races.Tests.Clients;

/// <summary>How much a client still wants its upload.</summary>
/// <param name="AbandonedSince">Since when it does not; a time to come if it renewed its session, no time at all if it finished.</param>
/// <param name="Why">What it did last to say so.</param>
internal sealed record Standing(DateTimeOffset AbandonedSince, string Why)
{
    public bool IsFinished => AbandonedSince == DateTimeOffset.MaxValue;

    public bool IsGivenUp => AbandonedSince == DateTimeOffset.MinValue;
}
