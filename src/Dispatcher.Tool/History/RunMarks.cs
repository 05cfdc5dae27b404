using System.Text;
using Dispatcher.LocalServers;

namespace Dispatcher.Tool.History;

/// <summary>
/// The marks of the real runs of this machine, one file for each run in <c>.local/started</c>. A run creates its mark when it starts, keeps
/// it open, and deletes it when it has been recorded. The mark of a run whose process was killed stays, and nobody has it open.
/// </summary>
/// <param name="local">The folder <c>.local</c>; it need not exist.</param>
internal sealed class RunMarks(LocalFolder local)
{
    private const int Probes = 3;

    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(20);

    private string Path => local.File("started");

    /// <summary>Creates the mark of a run.</summary>
    /// <param name="mark">The mark.</param>
    /// <returns>
    /// What deletes the mark when it is disposed; <see langword="null"/> if the folder cannot be written: then nobody knows of the run
    /// before it ends.
    /// </returns>
    public IDisposable? Begin(RunMark mark)
    {
        OpenMark? open = null;
        try
        {
            local.Create();
            Directory.CreateDirectory(Path);
            var file = new FileStream(FileOf(mark), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            open = new OpenMark(file);
            file.Write(Encoding.UTF8.GetBytes(mark.Write()));
            return open;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            open?.Dispose();
            return null;
        }
    }

    /// <summary>Deletes the mark of a run that has ended.</summary>
    /// <param name="mark">The mark.</param>
    public void Delete(RunMark mark) => Delete(FileOf(mark));

    /// <summary>Lists the marks.</summary>
    /// <param name="location">The history whose runs are listed.</param>
    /// <param name="job">The only job; all jobs if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The marks, those of the newest runs first, and whether a process of this machine has them open.</returns>
    public async Task<IReadOnlyList<(RunMark Mark, bool IsOpen)>> ListAsync(
        string location, string? job, CancellationToken cancellationToken)
    {
        var marks = new List<(RunMark, bool)>();
        if (!Directory.Exists(Path))
        {
            return marks;
        }

        foreach (var file in Directory.EnumerateFiles(Path, "*.json").OrderDescending(StringComparer.Ordinal))
        {
            if (await ReadAsync(file, cancellationToken) is { } mark && mark.Location == location && (job is null || mark.Job == job))
            {
                marks.Add((mark, await IsOpenAsync(file, cancellationToken)));
            }
        }

        return marks;
    }

    private static async Task<RunMark?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        for (var probe = 1; ; probe++)
        {
            try
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream);
                return RunMark.Read(await reader.ReadToEndAsync(cancellationToken));
            }
            catch (Exception exception) when (exception is FileNotFoundException or UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException)
            {
                if (probe == Probes)
                {
                    return null;
                }
            }

            await Task.Delay(BetweenProbes, cancellationToken);
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The record of the run shows that it has ended.
        }
    }

    private string FileOf(RunMark mark) => System.IO.Path.Combine(Path, $"{mark.RunId}.json");

    /// <summary>
    /// Another command may look at the same mark at this moment, so that one look is not enough. A mark that may not be opened is another
    /// user's: nobody can tell whether it is open, so it counts as open.
    /// </summary>
    private static async Task<bool> IsOpenAsync(string file, CancellationToken cancellationToken)
    {
        for (var probe = 1; ; probe++)
        {
            try
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None);
                return false;
            }
            catch (FileNotFoundException)
            {
                return false;
            }
            catch (UnauthorizedAccessException)
            {
                return true;
            }
            catch (IOException)
            {
                if (probe == Probes)
                {
                    return true;
                }
            }

            await Task.Delay(BetweenProbes, cancellationToken);
        }
    }

    private sealed class OpenMark(FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            Delete(file.Name);
        }
    }
}
