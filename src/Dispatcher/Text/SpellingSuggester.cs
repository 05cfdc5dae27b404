namespace Dispatcher.Text;

/// <summary>Functions that find the name that a misspelt one was probably meant to be.</summary>
public static class SpellingSuggester
{
    /// <summary>Formats the hint "Did you mean '…'?".</summary>
    /// <param name="name">The name that was given.</param>
    /// <param name="candidates">The names that exist.</param>
    /// <returns>The hint with a leading space; empty if no candidate is similar.</returns>
    public static string DidYouMean(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : string.Empty;

    /// <summary>Finds the candidate with the fewest edits, ignoring case, '-' and '_'; about a third of its letters may differ.</summary>
    /// <param name="name">The name that was given.</param>
    /// <param name="candidates">The names that exist.</param>
    /// <returns>The most similar candidate; <see langword="null"/> if none is similar enough.</returns>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var wanted = Normalize(name);
        var (best, bestDistance) = ((string?)null, int.MaxValue);
        foreach (var candidate in candidates)
        {
            var normalized = Normalize(candidate);
            var allowed = Math.Max(1, (normalized.Length + 1) / 3);
            if (Math.Abs(normalized.Length - wanted.Length) > allowed)
            {
                continue;
            }

            var distance = Distance(wanted, normalized);
            if (distance <= allowed && distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    private static string Normalize(string name) =>
        name.Replace("-", string.Empty, StringComparison.Ordinal).Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Counts the edits between two words (Levenshtein), in one row of memory.</summary>
    private static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= from.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= to.Length; column++)
            {
                var substitution = diagonal + (from[line - 1] == to[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(substitution, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
