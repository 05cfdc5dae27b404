using System.Runtime.CompilerServices;
using Dispatcher.Hosting;

namespace Dispatcher.Tool.History;

/// <summary>The audit trails that runs on this machine have written.</summary>
/// <param name="folder">Where the files are.</param>
internal sealed class FileAuditTrail(AuditFolder folder) : IAuditTrail
{
    /// <inheritdoc />
    public string Location => folder.Path;

    /// <inheritdoc />
    public async IAsyncEnumerable<AuditFile> ListAsync(
        AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        if (!Directory.Exists(folder.Path))
        {
            yield break;
        }

        await Task.CompletedTask;
        foreach (var path in Directory.EnumerateFiles(folder.Path, "*.jsonl").OrderByDescending(Path.GetFileName, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (query.Includes(Path.GetFileNameWithoutExtension(path)))
            {
                yield return new AuditFile(Path.GetFileNameWithoutExtension(path), path, _ => Task.FromResult<Stream>(Open(path)));
            }
        }
    }

    /// <summary>The process that writes the file may still run.</summary>
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
}
