namespace Dispatcher.LocalServers;

/// <summary>The folder <c>.local</c> of a working copy, which holds files that belong to this machine only.</summary>
/// <param name="path">The folder; it need not exist.</param>
public sealed class LocalFolder(string path)
{
    /// <summary>Gets the folder's path.</summary>
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

    /// <summary>Creates the folder unless it exists, with a <c>.gitignore</c> for everything in it: passwords, runs, trails.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Path);
        if (!System.IO.File.Exists(File(".gitignore")))
        {
            System.IO.File.WriteAllText(File(".gitignore"), "*\n");
        }
    }

    /// <summary>Returns the path of a file in the folder.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>Its path.</returns>
    public string File(string name) => System.IO.Path.Combine(Path, name);
}
