namespace Dispatcher.Hosting;

/// <summary>The exception thrown when the beginning of a run id matches more than one run.</summary>
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
