using System.Text;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Reporting;

/// <summary>The file that a report is written to. A reader finds the old report or the new one, never a part.</summary>
internal sealed class ReportFile
{
    private readonly string _path;

    private ReportFile(string path) => _path = path;

    /// <summary>Checks a name before any work is done for it.</summary>
    /// <param name="name">The name, as a person wrote it.</param>
    /// <returns>The file.</returns>
    /// <exception cref="BadInputException">It cannot be a file.</exception>
    public static ReportFile At(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Contains('\0', StringComparison.Ordinal))
        {
            throw new BadInputException("'--html' must be a file name, or '-' for standard output.");
        }

        // A link stays a link: what it leads to is replaced.
        var path = Path.GetFullPath(name);
        path = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(name))
        {
            throw new BadInputException($"'{name}' is a directory. Name a file in it: {Path.Combine(name, "report.html")}.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new BadInputException(
                $"The directory of '{name}' does not exist (looked for {Path.GetDirectoryName(path)}). Create it, or name another one.");
        }

        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            throw new BadInputException($"'{name}' is not a regular file. For standard output, write: --html -");
        }

        return new ReportFile(path);
    }

    /// <summary>Writes the file, beside the old one first.</summary>
    /// <param name="write">Writes the content.</param>
    /// <returns>The file as it is now.</returns>
    /// <exception cref="CommandFailedException">It could not be written; the old one, if any, is as it was.</exception>
    public FileInfo Write(Action<TextWriter> write)
    {
        var draft = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Path.GetRandomFileName()}");
        try
        {
            using (var output = new StreamWriter(draft, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                write(output);
            }

            File.Move(draft, _path, overwrite: true);
            return new FileInfo(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                $"The report cannot be written to {_path}: {exception.Message} Check the permissions and the free space, or name another "
                    + $"file.", exception);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
