using Dispatcher.LocalServers;

namespace Dispatcher.Tool.History;

/// <summary>The folder with the audit trails of this machine's runs, one file per run.</summary>
/// <param name="path">The folder; it need not exist.</param>
internal sealed class AuditFolder(string path)
{
    /// <summary>Gets the folder.</summary>
    public string Path { get; } = path;

    /// <summary>Names the folder in <c>.local</c>.</summary>
    /// <param name="local">That folder.</param>
    /// <returns>The folder.</returns>
    public static AuditFolder For(LocalFolder local) => new(local.File("audit"));

    /// <summary>Names a run's file.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>Its path.</returns>
    public string FileOf(string runId) => System.IO.Path.Combine(Path, $"{runId}.jsonl");
}
