using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Sqlite;

/// <summary>The SQLite file that keeps runs. It is created with its folder when the first run is written.</summary>
public sealed record RunFileSettings
{
    /// <summary>The environment variable that names the file.</summary>
    public const string PathKey = "RUNS_FILE";

    /// <summary>Names the file.</summary>
    /// <param name="path">Its path.</param>
    public RunFileSettings(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>Gets the file's absolute path.</summary>
    public string Path { get; }

    /// <summary>Reads which file is configured.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>The file, or <see langword="null"/> if none is configured.</returns>
    /// <exception cref="InvalidOperationException">The value is not a file; the message states what to set.</exception>
    public static RunFileSettings? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        if (configuration[PathKey]?.Trim() is not { Length: > 0 } path)
        {
            return null;
        }

        return path.Contains('\0') || System.IO.Path.EndsInDirectorySeparator(path) || Directory.Exists(path)
            ? throw new InvalidOperationException(
                $"The environment variable {PathKey} is '{Redaction.Value(path)}', which is not a file. Set it to a file, for example "
                + "/data/runs.db; it need not exist.")
            : new RunFileSettings(path);
    }
}
