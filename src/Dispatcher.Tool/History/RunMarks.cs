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
        try
        {
            local.Create();
            Directory.CreateDirectory(Path);
            var file = new FileStream(
                System.IO.Path.Combine(Path, $"{mark.RunId}.json"), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            file.Write(Encoding.UTF8.GetBytes(mark.Write()));
            return new OpenMark(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lists the marks.</summary>
    /// <param name="location">The history whose runs are listed.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The marks, those of the newest runs first, and whether a process of this machine has them open.</returns>
    public async Task<IReadOnlyList<(RunMark Mark, bool IsOpen)>> ListAsync(string location, CancellationToken cancellationToken)
    {
        var marks = new List<(RunMark, bool)>();
        if (!Directory.Exists(Path))
        {
            return marks;
        }

        foreach (var file in Directory.EnumerateFiles(Path, "*.json").OrderDescending(StringComparer.Ordinal))
        {
            if (await ReadAsync(file, cancellationToken) is { } mark && mark.Location == location)
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

    /// <summary>Another command may look at the same mark at this moment, so that one look is not enough.</summary>
    private static async Task<bool> IsOpenAsync(string file, CancellationToken cancellationToken)
    {
        for (var probe = 1; ; probe++)
        {
            try
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                return false;
            }
            catch (Exception exception) when (exception is FileNotFoundException or UnauthorizedAccessException)
            {
                return false;
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
            try
            {
                File.Delete(file.Name);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The record of the run shows that it has ended.
            }
        }
    }
}
