namespace Dispatcher.Hosting;

/// <summary>Says that several runs have an id that begins as the one asked for.</summary>
public sealed class AmbiguousRunException : Exception
{
    private const int MaxShown = 5;

    /// <summary>Creates the exception.</summary>
    /// <param name="runId">What was asked for.</param>
    /// <param name="found">The ids that begin so.</param>
    public AmbiguousRunException(string runId, IReadOnlyCollection<string> found)
        : base($"Several runs have an id that begins with '{runId}': {string.Join(", ", (found ?? []).Take(MaxShown))}"
               + $"{(found?.Count > MaxShown ? ", …" : string.Empty)}. Give more of the id.")
    {
    }
}
