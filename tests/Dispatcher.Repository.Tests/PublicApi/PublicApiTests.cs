using System.Reflection;
using System.Xml.Linq;
using PublicApiGenerator;

namespace Dispatcher.Repository.Tests.PublicApi;

/// <summary>
/// Compares the public API of each library with the text beside this file, so that a reviewer sees what changes for users. With
/// <c>ACCEPT_PUBLIC_API=1</c> in the environment the tests write the texts instead.
/// </summary>
public sealed class PublicApiTests
{
    private const string Folder = "tests/Dispatcher.Repository.Tests/PublicApi";

    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] };

    /// <summary>Gets the packages that hold a library: neither the tool nor the templates.</summary>
    private static IEnumerable<string> Libraries =>
        from project in Repository.Files("*.csproj")
        let settings = XDocument.Load(Repository.PathOf(project))
        where settings.Descendants("IsPackable").Any(element => element.Value == "true")
            && !settings.Descendants("PackAsTool").Concat(settings.Descendants("PackageType")).Any()
        select Path.GetFileNameWithoutExtension(project);

    private static bool Accepts => Environment.GetEnvironmentVariable("ACCEPT_PUBLIC_API") == "1";

    [TestCaseSource(nameof(Libraries))]
    public void PublicApi_OfTheLibrary_IsTheAcceptedOne(string library)
    {
        var path = Repository.PathOf($"{Folder}/{library}.txt");
        var api = Load(library).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n";
        if (Accepts)
        {
            File.WriteAllText(path, api);
        }

        var accepted = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : string.Empty;
        Assert.That(
            api, Is.EqualTo(accepted), $"The public API of {library} has changed. If it is meant to, accept it as CONTRIBUTING.md says.");
    }

    [Test]
    public void Texts_AllFiles_BelongToALibrary()
    {
        var texts = Directory.GetFiles(Repository.PathOf(Folder), "*.txt").ToList();
        if (Accepts)
        {
            texts.Where(text => !BelongsToALibrary(text)).ToList().ForEach(File.Delete);
            texts.RemoveAll(text => !File.Exists(text));
        }

        Assert.That(texts.Where(text => !BelongsToALibrary(text)), Is.Empty, "Delete the texts of libraries that are gone.");
    }

    private static bool BelongsToALibrary(string text) => Libraries.Contains(Path.GetFileNameWithoutExtension(text));

    private static Assembly Load(string library) =>
        Assembly.LoadFrom(new[] { AppContext.BaseDirectory, Repository.ToolFolder }
            .Select(folder => Path.Combine(folder, $"{library}.dll"))
            .First(File.Exists));
}
