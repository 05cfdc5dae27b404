using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.LocalServers;
using Microsoft.Win32.SafeHandles;

namespace Dispatcher.Tool.History;

/// <summary>The run history of this machine, in a file of JSON lines.</summary>
/// <param name="path">The file; it need not exist.</param>
internal sealed class FileRunHistory(string path) : IRunHistory, IRunSink
{
    private const int MaxNamed = 5;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r"u8);

    private readonly JsonLinesFile _file = new(path);
    private readonly SortedSet<int> _unreadable = [];

    /// <inheritdoc />
    public string Location => $"file {_file.Path}";

    /// <inheritdoc />
    public IReadOnlyList<string> Omissions => _unreadable.Count == 0 ? [] :
    [
        $"{(_unreadable.Count == 1 ? "1 line" : $"{_unreadable.Count} lines")} of {_file.Path} cannot be read as a run and "
        + $"{(_unreadable.Count == 1 ? "was" : "were")} skipped: {string.Join(", "
            + "", _unreadable.Take(MaxNamed))}{(_unreadable.Count > MaxNamed ? ", …" : string.Empty)}. "
        + "All other runs are shown.",
    ];

    /// <summary>Opens the history of this machine.</summary>
    /// <param name="folder">The folder that holds it.</param>
    /// <returns>The history.</returns>
    public static FileRunHistory Open(LocalFolder folder) => new(folder.File("runs.jsonl"));

    /// <inheritdoc />
    public async Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await _file.AppendAsync(RunRecordJson.Serialize(record), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"the run is not recorded in '{_file.Path}': {exception.Message} Make the folder writable, or set RUNS_TABLE to keep "
                    + $"runs in DynamoDB.", exception);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<RunRecord> ListAsync(
        RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        var found = Scan(header => query.Includes(header.Job, header.StartedAt, header.Status), cancellationToken);
        if (found.Count == 0)
        {
            yield break;
        }

        // An id begins with the time, so that it orders runs as their beginnings do; the lines stand in the order of their ends.
        found.Sort(static (left, right) => string.CompareOrdinal(right.RunId, left.RunId));
        using var file = _file.OpenForReading();
        foreach (var place in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ReadAsync(file, place, cancellationToken) is { } record)
            {
                yield return record;
            }
        }
    }

    /// <inheritdoc />
    public async Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);

        var found = Scan(header => header.RunId.StartsWith(runId, StringComparison.OrdinalIgnoreCase), cancellationToken);
        if (found.Count == 0)
        {
            return null;
        }

        var place = found.Count == 1 ? found[0]
            : found.Find(candidate => candidate.RunId.Length == runId.Length)
              ?? throw new AmbiguousRunException(runId, [.. found.Select(candidate => candidate.RunId)]);
        using var file = _file.OpenForReading();
        return await ReadAsync(file, place, cancellationToken);
    }

    private async Task<RunRecord?> ReadAsync(SafeFileHandle file, RunLine place, CancellationToken cancellationToken)
    {
        var line = new byte[place.Length];
        await RandomAccess.ReadAsync(file, line, place.Offset, cancellationToken);
        try
        {
            return RunRecordJson.Deserialize(line);
        }
        catch (JsonException)
        {
            _unreadable.Add(place.Number);
            return null;
        }
    }

    /// <summary>Finds the lines of runs, without keeping more of them than their place: a file may hold years.</summary>
    private List<RunLine> Scan(Predicate<RunHeader> wanted, CancellationToken cancellationToken)
    {
        var found = new List<RunLine>();
        _unreadable.Clear();
        foreach (var (index, (offset, line)) in _file.ReadLines().Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!RunHeader.TryRead(line.Span, out var header))
            {
                if (line.Span.ContainsAnyExcept(Blanks))
                {
                    _unreadable.Add(index + 1);
                }
            }
            else if (wanted(header))
            {
                found.Add(new RunLine(header.RunId, index + 1, offset, line.Length));
            }
        }

        return found;
    }

    private sealed record RunLine(string RunId, int Number, long Offset, int Length);
}
