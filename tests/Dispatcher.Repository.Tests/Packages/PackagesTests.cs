using System.IO.Compression;
using System.Xml.Linq;

namespace Dispatcher.Repository.Tests.Packages;

/// <summary>Looks into the packages that <c>dotnet pack Dispatcher.sln</c> makes. The tests name a package by its project.</summary>
public sealed class PackagesTests
{
    private static readonly XDocument Settings = XDocument.Load(Repository.PathOf("Directory.Build.props"));
    private static readonly string Version = Settings.Descendants("VersionPrefix").Single().Value;

    private static DirectoryInfo s_packages = null!;

    private static IEnumerable<string> Packages =>
        from project in Repository.Files("*.csproj")
        where XDocument.Load(Repository.PathOf(project)).Descendants("IsPackable").Any(element => element.Value == "true")
        select Path.GetFileNameWithoutExtension(project);

    private static IEnumerable<string> Ids => Packages.Select(Id);

    private static IEnumerable<string> Libraries => Packages.Where(name => name is not ("Dispatcher.Cli" or "Dispatcher.Templates"));

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        s_packages = Directory.CreateTempSubdirectory("packages-");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

        var result = await Command.RunAsync(
            "dotnet",
            [
                "pack", "Dispatcher.sln", "--no-build", "-c", configuration, "-o", s_packages.FullName, "-v", "quiet", "--nologo",
            ], Repository.Root);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
    }

    [OneTimeTearDown]
    public void DeletePackages() => s_packages.Delete(recursive: true);

    [Test]
    public void Pack_Solution_MakesEveryPackageWithItsSymbols()
    {
        var made = s_packages.GetFiles().Select(file => file.Name);

        Assert.That(made, Is.EquivalentTo(
            Ids.Select(id => $"{id}.{Version}.nupkg").Concat(Packages.Where(HasCode).Select(name => $"{Id(name)}.{Version}.snupkg"))));
    }

    [TestCaseSource(nameof(Packages))]
    public void Package_Metadata_IsWhatANewcomerNeeds(string name)
    {
        using var package = Open(name);
        var metadata = Metadata(package);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Value(metadata, "license"), Is.EqualTo("MIT"));
            Assert.That(Value(metadata, "id"), Is.EqualTo(Id(name)));
            Assert.That(Value(metadata, "readme"), Is.EqualTo("README.md"));
            Assert.That(Value(metadata, "icon"), Is.EqualTo("icon.png"));
            Assert.That(package.GetEntry("icon.png"), Is.Not.Null);
            Assert.That(Value(metadata, "description"), Has.Length.GreaterThan(30).And.Not.EqualTo("Package Description"));
            Assert.That(Text(package, "README.md"), Does.StartWith($"# {Id(name)}\n").And.Match("(?m)^```(csharp|sh)"));
            Assert.That(Text(package, "LICENSE"), Does.StartWith("MIT License"));
        }
    }

    [TestCaseSource(nameof(Libraries))]
    public void Package_Library_HasDocumentationAndSymbols(string name)
    {
        using var package = Open(name);
        using var symbols = Open(name, "snupkg");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                package.Entries.Select(entry => entry.FullName),
                Does.Contain($"lib/net10.0/{name}.dll").And.Contain($"lib/net10.0/{name}.xml"));
            Assert.That(symbols.Entries.Select(entry => entry.FullName), Does.Contain($"lib/net10.0/{name}.pdb"));
        }
    }

    /// <summary>A stand-in must not lead a user's restore to another package or version than the one that this was built for.</summary>
    [TestCaseSource(nameof(Libraries))]
    public void Package_Dependencies_AreThoseOfTheSolution(string name)
    {
        var central = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(element => (string)element.Attribute("Include")!, element => (string)element.Attribute("Version")!);
        using var package = Open(name);

        var wrong = Metadata(package).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => (Id: (string)element.Attribute("id")!, Version: (string)element.Attribute("version")!))
            .Where(dependency => dependency.Version != (Ids.Contains(dependency.Id) ? Version : central.GetValueOrDefault(dependency.Id)));

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Package_Templates_MakeProjectsOfTheirOwnVersion()
    {
        using var package = Open("Dispatcher.Templates");

        var files = Repository.Files("src/Dispatcher.Templates/content").Select(file => file["src/Dispatcher.Templates/".Length..]);
        var configuration = Text(package, "content/maintenance/.template.config/template.json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(configuration, Does.Contain($"\"defaultValue\": \"{Version}\""));
            Assert.That(package.Entries.Select(entry => entry.FullName), Is.SupersetOf(files));
        }
    }

    [Test]
    public void Package_Tool_IsCalledDispatch()
    {
        using var package = Open("Dispatcher.Cli");

        var settings = XDocument.Parse(Text(package, "tools/net10.0/any/DotnetToolSettings.xml"));

        Assert.That((string)settings.Descendants("Command").Single().Attribute("Name")!, Is.EqualTo("dispatch"));
    }

    private static bool HasCode(string name) => name != "Dispatcher.Templates";

    private static ZipArchive Open(string name, string extension = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(s_packages.FullName, $"{Id(name)}.{Version}.{extension}"));

    /// <summary>Returns the id of a project's package: <c>Dispatcher</c> alone could be anybody's.</summary>
    private static string Id(string name) => $"Maintenance{name}";

    private static XElement Metadata(ZipArchive package)
    {
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static string? Value(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string Text(ZipArchive package, string file)
    {
        using var reader = new StreamReader(
            package.GetEntry(file)?.Open() ?? throw new AssertionException($"There is no {file} in the package."));
        return reader.ReadToEnd();
    }
}
