using System.Runtime.CompilerServices;
using System.Text;
using Dispatcher.Hosting;

namespace Dispatcher.Tool.History;

/// <summary>A search for changes in audit trails, those of the newest run first.</summary>
/// <param name="trails">The trails, in the order of preference: a run that is in two of them is read from the first one.</param>
internal sealed class AuditSearch(IEnumerable<IAuditTrail> trails)
{
    /// <summary>As many files are read at once: a request to S3 takes longer than to read what it answers.</summary>
    private const int AtOnce = 16;

    private readonly IReadOnlyList<IAuditTrail> _trails = [.. trails];
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);

    /// <summary>Gets the number of files that were read.</summary>
    public int Files => _runs.Count;

    /// <summary>Gets the places that are searched.</summary>
    public string Locations => string.Join(" and ", _trails.Select(static trail => trail.Location));

    /// <summary>Finds the trail of a run.</summary>
    /// <param name="runId">The id of the run.</param>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The trail, or <see langword="null"/> if there is none.</returns>
    public async Task<AuditFile?> FindFileAsync(string runId, string job, CancellationToken cancellationToken)
    {
        foreach (var trail in _trails)
        {
            await foreach (var file in trail.ListAsync(new AuditQuery { RunId = runId, Job = job }, cancellationToken))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Lists the runs that have a trail.</summary>
    /// <param name="query">Which runs.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyCollection<string>> ListRunsAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        var runs = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var trail in _trails)
        {
            await foreach (var file in trail.ListAsync(query, cancellationToken))
            {
                runs.Add(file.RunId);
            }
        }

        return runs;
    }

    /// <summary>Finds changes.</summary>
    /// <param name="query">Which runs.</param>
    /// <param name="filter">Which changes.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The changes.</returns>
    public async IAsyncEnumerable<AuditEntry> FindAsync(
        AuditQuery query, Func<AuditEntry, bool> filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var trail in _trails)
        {
            await foreach (var files in trail.ListAsync(query, cancellationToken).Where(file => _runs.Add(file.RunId)).Chunk(AtOnce)
                .WithCancellation(cancellationToken))
            {
                if (files is [var only])
                {
                    await foreach (var change in ReadAsync(only, cancellationToken).Where(filter).WithCancellation(cancellationToken))
                    {
                        yield return change;
                    }

                    continue;
                }

                var read = await Task.WhenAll(files.Select(
                    async file => await ReadAsync(file, cancellationToken).Where(filter).ToListAsync(cancellationToken)));
                foreach (var change in read.SelectMany(static changes => changes))
                {
                    yield return change;
                }
            }
        }
    }

    /// <summary>Reads the changes of a run: the outcome of each, and the intent of those that have no outcome.</summary>
    /// <param name="file">The trail of the run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The changes, in the order of their outcomes.</returns>
    public static async IAsyncEnumerable<AuditEntry> ReadAsync(
        AuditFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var intended = new SortedDictionary<long, AuditEntry>();
        using var reader = new StreamReader(await file.OpenAsync(cancellationToken), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (AuditEntryJson.Deserialize(Encoding.UTF8.GetBytes(line)) is not { } entry)
            {
                continue;
            }

            if (entry.Outcome == AuditOutcome.Intended)
            {
                intended[entry.Change] = entry;
                continue;
            }

            intended.Remove(entry.Change);
            yield return entry;
        }

        foreach (var entry in intended.Values)
        {
            yield return entry;
        }
    }
}
