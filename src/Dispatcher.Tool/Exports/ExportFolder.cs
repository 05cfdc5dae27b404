using System.Globalization;

namespace Dispatcher.Tool.Exports;

/// <summary>
/// The partitions of an export in a temporary folder, each in one file. A partition is published as a whole, so that an export which is
/// interrupted leaves no partition with half of its rows.
/// </summary>
internal sealed class ExportFolder : IDisposable
{
    /// <summary>More files at once would exceed what a process may open.</summary>
    private const int MaxOpen = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("export-");
    private readonly Dictionary<string, FileStream> _open = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Gets the keys of the files: <c>runs/dt=2026-11-27/job=rotate-logs/runs.jsonl</c>.</summary>
    public IReadOnlyCollection<string> Keys => _keys;

    /// <summary>Names the file of a partition.</summary>
    /// <param name="table">The table.</param>
    /// <param name="day">The day on which the run began.</param>
    /// <param name="job">The job.</param>
    /// <returns>The key.</returns>
    public static string KeyOf(string table, DateOnly day, string job) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}/dt={day:yyyy-MM-dd}/job={job}/{table}.jsonl");

    /// <summary>Adds a row.</summary>
    /// <param name="key">The file.</param>
    /// <param name="line">The row.</param>
    public void Add(string key, ReadOnlySpan<byte> line)
    {
        if (!_open.TryGetValue(key, out var file))
        {
            if (_open.Count == MaxOpen)
            {
                Close();
            }

            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(key))!);
            _open[key] = file = new FileStream(PathOf(key), FileMode.Append, FileAccess.Write);
            _keys.Add(key);
        }

        file.Write(line);
        file.WriteByte((byte)'\n');
    }

    /// <summary>Ends the writing.</summary>
    public void Close()
    {
        foreach (var file in _open.Values)
        {
            file.Dispose();
        }

        _open.Clear();
    }

    /// <summary>Names a file on this machine.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Its path.</returns>
    public string PathOf(string key) => Path.Combine(_folder.FullName, key);

    /// <inheritdoc />
    public void Dispose()
    {
        Close();
        _folder.Delete(recursive: true);
    }
}
