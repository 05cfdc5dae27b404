using System.IO.Compression;
using Mono.Cecil;

namespace Dispatcher.Repository.Tests.PublicApi;

/// <summary>Checks that <c>dotnet pack</c> compares each library with its public API in <c>src/Baseline</c>.</summary>
public sealed class BaselineTests
{
    private const string Library = "Dispatcher.Http";
    private const string Baseline = "src/Baseline/Maintenance" + Library + ".nupkg";

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("baseline-");

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public void Baseline_AllPackages_BelongToALibrary() => Assert.That(
        Repository.Files("src/Baseline/*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)["Maintenance".Length..]),
        Is.Not.Empty.And.SubsetOf(Repository.Files("src/*.csproj").Select(Path.GetFileNameWithoutExtension)),
        "A library that is gone breaks its users.");

    [Test]
    public async Task Pack_LibraryAsItIs_Succeeds()
    {
        var result = await PackAsync(Repository.PathOf(Baseline));

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
    }

    [Test]
    public async Task Pack_LibraryThatLacksAMethodOfTheBaseline_NamesIt()
    {
        var baseline = Path.Combine(_folder.FullName, "baseline.nupkg");
        File.Copy(Repository.PathOf(Baseline), baseline);
        AddMethod(baseline, "RemovedAsync");

        var result = await PackAsync(baseline);

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Output, Does.Contain("error CP0002").And.Contain("RemovedAsync"));
    }

    private static void AddMethod(string package, string name)
    {
        using var archive = ZipFile.Open(package, ZipArchiveMode.Update);
        var entry = archive.Entries.Single(file => file.Name == $"{Library}.dll");
        using var content = entry.Open();
        using var module = ModuleDefinition.ReadModule(content);
        var type = module.Types.First(candidate => candidate is { IsPublic: true, IsClass: true, IsAbstract: false });
        type.Methods.Add(new MethodDefinition(name, MethodAttributes.Public, module.TypeSystem.Void));
        using var changed = new MemoryStream();
        module.Write(changed);
        content.SetLength(0);
        changed.WriteTo(content);
    }

    /// <summary>Packs the built library. With a file of its own to mark the comparison as done, an earlier pack does not count.</summary>
    private Task<CommandResult> PackAsync(string baseline) => Command.RunAsync(
        "dotnet",
        [
            "pack", $"src/{Library}", "--no-build", "-c", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "-o", _folder.FullName,
            "--nologo", $"-p:PackageValidationBaselinePath={baseline}",
            $"-p:_ApiCompatValidatePackageSemaphoreFile={Path.Combine(_folder.FullName, "compared")}",
        ],
        Repository.Root,
        new Dictionary<string, string> { ["DOTNET_CLI_UI_LANGUAGE"] = "en" });
}
