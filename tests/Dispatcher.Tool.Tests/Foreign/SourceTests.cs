using Dispatcher.Testing;

namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>Holds the sources of the tool and of its parts to the words of any consumer.</summary>
public sealed class SourceTests
{
    private static IEnumerable<string> Projects =>
        ["Dispatcher.Tool", "Dispatcher.Deployment", "Dispatcher.LocalServers", "Dispatcher.Reporting"];

    [TestCaseSource(nameof(Projects))]
    public void Source_OfTheLibrary_NamesNoJobOfThisRepository(string project)
    {
        var folder = DocumentExamples.PathOf(Path.Combine("src", project));
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Where(file => Path.GetExtension(file) != ".csproj")
            .ToList();

        var found =
            from file in files
            from line in File.ReadLines(file).Index()
            from word in ForeignWords.Words().Matches(line.Item)
            select $"{Path.GetRelativePath(folder, file)}:{line.Index + 1}: {word.Value}";

        Assert.That(files, Is.Not.Empty);
        Assert.That(found, Is.Empty);
    }
}
