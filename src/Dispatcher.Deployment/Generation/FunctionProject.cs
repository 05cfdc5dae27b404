namespace Dispatcher.Deployment.Generation;

/// <summary>Functions that find the project of the function, for a template that does not exist yet.</summary>
public static class FunctionProject
{
    private const string Ending = ".Function";
    private const int MaxDepth = 4;

    private static readonly EnumerationOptions Search = new() { RecurseSubdirectories = true, MaxRecursionDepth = MaxDepth };

    /// <summary>Finds the project whose name ends in <c>.Function</c>.</summary>
    /// <param name="folder">The folder of the template.</param>
    /// <returns>Options with the project's folder and assembly.</returns>
    /// <exception cref="InvalidSourceException">There is none, or several.</exception>
    public static ApplicationOptions Find(string folder)
    {
        string[] found = [.. Directory.EnumerateFiles(folder, $"*{Ending}.csproj", Search)
            .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
        return found switch
        {
            [var only] => Create(Path.GetDirectoryName(only)!, Path.GetFileNameWithoutExtension(only)),
            [] => throw new InvalidSourceException($"No project in {Path.GetFullPath(folder)} has a name that ends in {Ending}. Name the "
                + "folder of the function's project: --code-uri FOLDER."),
            _ => throw new InvalidSourceException($"Several projects have a name that ends in {Ending}: {string.Join(", ", found)}. Name "
                + "the folder of one: --code-uri FOLDER."),
        };
    }

    /// <summary>Reads the handler of a project: the name of its assembly.</summary>
    /// <param name="folder">The folder of the template.</param>
    /// <param name="codeUri">The folder of the project, relative to it.</param>
    /// <returns>Options with the project's folder and assembly.</returns>
    /// <exception cref="InvalidSourceException">The folder has no project, or several.</exception>
    public static ApplicationOptions Read(string folder, string codeUri)
    {
        var path = Path.Combine(folder, codeUri);
        string[] projects = Directory.Exists(path) ? Directory.GetFiles(path, "*.csproj") : [];
        return projects is [var only]
            ? Create(codeUri, Path.GetFileNameWithoutExtension(only))
            : throw new InvalidSourceException($"The folder {path} has {projects.Length} projects and not one. Check --code-uri.");
    }

    private static ApplicationOptions Create(string folder, string assembly) =>
        new() { CodeUri = folder.Replace('\\', '/').TrimEnd('/') + "/", Handler = assembly };
}
