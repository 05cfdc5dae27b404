using Dispatcher.Testing;

namespace Dispatcher.Repository.Tests;

/// <summary>The clone that the tests run in.</summary>
internal static class Repository
{
    /// <summary>Gets its root.</summary>
    public static string Root { get; } = DocumentExamples.PathOf(".");

    /// <summary>Gets the folder of the built tool, in the configuration of these tests.</summary>
    public static string ToolFolder { get; } =
        PathOf(Path.Combine("src", "Dispatcher.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0"));

    /// <summary>Returns the path of a file.</summary>
    /// <param name="file">The file, from the root.</param>
    /// <returns>Its full path.</returns>
    public static string PathOf(string file) => Path.GetFullPath(Path.Combine(Root, file));

    /// <summary>Lists the files that git tracks or does not ignore, from the root.</summary>
    /// <param name="pattern">A pattern of <c>git ls-files</c>: <c>*.md</c>.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Files(string pattern)
    {
        var result = Command.RunAsync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", pattern], Root)
            .GetAwaiter().GetResult();
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
