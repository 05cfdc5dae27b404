namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>
/// The lookup of many keys with few requests. Keys that are close together are answered by one listing page, the others by a HEAD each: a
/// listing costs as much as a dozen HEADs, and takes as long as one.
/// </summary>
internal sealed class ObjectFinder(CleanupContext run, UploadBucket bucket)
{
    /// <summary>The number of keys from which a listing page is cheaper than HEADs.</summary>
    private const int WorthwhilePage = 12;

    /// <summary>Looks up keys, each once. A failure is part of the answer, unless every other key would fail too.</summary>
    public async Task<IReadOnlyDictionary<string, ObjectLookup>> FindAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ObjectLookup>(StringComparer.Ordinal);
        string[] remaining = [.. keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        while (remaining.Length >= WorthwhilePage)
        {
            var answered = await TryListAsync(remaining, found, cancellationToken);
            remaining = remaining[answered..];
            if (answered < WorthwhilePage)
            {
                break;
            }
        }

        var looks = await run.Calls.ForEachAsync(remaining, key => LookAsync(key, cancellationToken), cancellationToken);
        foreach (var (key, look) in remaining.Zip(looks))
        {
            found[key] = look;
        }

        return found;
    }

    /// <returns>For how many of the keys, from the first, the page answers.</returns>
    private async Task<int> TryListAsync(
        string[] keys, Dictionary<string, ObjectLookup> found, CancellationToken cancellationToken)
    {
        ObjectPage page;
        try
        {
            // What follows the key without its last character begins with the key itself, or little before it.
            page = await bucket.ListPageAsync(keys[0][..^1], cancellationToken);
        }
        catch (Exception exception) when (run.IsItemFailure(exception, cancellationToken))
        {
            return 0;
        }

        var objects = page.Objects.ToDictionary(static item => item.Key, StringComparer.Ordinal);
        var answered = 0;
        foreach (var key in keys.TakeWhile(key => page.LastKey is null || string.CompareOrdinal(key, page.LastKey) <= 0))
        {
            found[key] = new ObjectLookup(objects.GetValueOrDefault(key), null);
            answered++;
        }

        return answered;
    }

    private async Task<ObjectLookup> LookAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return new ObjectLookup(await bucket.FindObjectAsync(key, cancellationToken), null);
        }
        catch (Exception exception) when (run.IsItemFailure(exception, cancellationToken))
        {
            return new ObjectLookup(null, run.Describe(exception));
        }
    }
}
