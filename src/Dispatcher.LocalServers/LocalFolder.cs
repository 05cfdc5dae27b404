namespace Dispatcher.LocalServers;

/// <summary>Is the folder <c>.local</c>, where the tool keeps what belongs to this machine only.</summary>
/// <param name="path">The folder; it need not exist.</param>
internal sealed class LocalFolder(string path)
{
    /// <summary>Gets the folder.</summary>
    public string Path { get; } = path;

    /// <summary>Finds the folder of the repository around the current directory, or of the current directory itself.</summary>
    /// <returns>The folder.</returns>
    public static LocalFolder Find()
    {
        var current = new DirectoryInfo(Directory.GetCurrentDirectory());
        var root = current;
        for (var candidate = current; candidate is not null; candidate = candidate.Parent)
        {
            // In a git worktree '.git' is a file.
            if (System.IO.Path.Exists(System.IO.Path.Combine(candidate.FullName, ".git")))
            {
                root = candidate;
                break;
            }
        }

        return new LocalFolder(System.IO.Path.Combine(root.FullName, ".local"));
    }

    /// <summary>Makes the folder.</summary>
    public void Create() => Directory.CreateDirectory(Path);

    /// <summary>Names a file in the folder.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>Its path.</returns>
    public string File(string name) => System.IO.Path.Combine(Path, name);
}
