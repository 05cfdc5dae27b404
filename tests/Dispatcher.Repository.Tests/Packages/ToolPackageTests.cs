using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Dispatcher.Repository.Tests.Packages;

/// <summary>
/// Packs the tool for the platform of this machine and for all others, as a release does for four platforms, and uses the packages as users
/// do.
/// </summary>
public sealed class ToolPackageTests
{
    private const string Id = "MaintenanceDispatcher.Cli";
    private const string Others = "any";

    private static readonly string Platform =
        (OperatingSystem.IsMacOS() ? "osx-" : "linux-") + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64");

    private static DirectoryInfo s_folder = null!;

    private static string Feed => Path.Combine(s_folder.FullName, "feed");

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        s_folder = Directory.CreateTempSubdirectory("tool-package-");

        await RunAsync(
            "dotnet", "pack", "src/Dispatcher.Cli", "-c", "Release", "-o", Feed, "-v", "quiet", "--nologo",
            $"-p:ToolPlatforms=\"{Platform};{Others}\"");
    }

    [OneTimeTearDown]
    public void DeletePackages() => s_folder.Delete(recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public void Package_OfPlatform_IsCompiledAhead(bool isForThisPlatform)
    {
        var suffix = isForThisPlatform ? Platform : Others;
        using var package = ZipFile.OpenRead(Directory.GetFiles(Feed, $"{Id}.{suffix}.*.nupkg").Single());
        using var content = package.Entries.Single(entry => entry.Name == "Dispatcher.Tool.dll").Open();
        using var library = new MemoryStream();
        content.CopyTo(library);
        using var reader = new PEReader(library);

        Assert.That(reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, Is.EqualTo(isForThisPlatform));
    }

    [Test]
    public async Task Install_NameOfTheTool_InstallsThePackageOfThePlatform()
    {
        var tool = Path.Combine(s_folder.FullName, "tool");

        await RunAsync("dotnet", "tool", "install", Id, "--tool-path", tool, "--source", Feed);
        var list = await RunAsync(Path.Combine(tool, "dispatch"), "list");

        Assert.That(list, Does.Contain("video-upload-cleanup"));
        Assert.That(Directory.GetDirectories(Path.Combine(tool, ".store"), "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            Does.Contain($"{Id}.{Platform}").IgnoreCase);
    }

    [Test]
    public async Task Exec_NameOfTheTool_RunsItWithoutInstallation()
    {
        var list = await RunAsync("dotnet", "tool", "exec", Id, "--source", Feed, "--yes", "--", "list");

        Assert.That(list, Does.Contain("video-upload-cleanup"));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        // Packages of other sources are as on this machine; those of the feed must not stay there.
        var environment = program == "dotnet" && arguments[0] == "tool"
            ? new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(s_folder.FullName, "packages") }
            : [];
        var result = await Command.RunAsync(program, arguments, Repository.Root, environment);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        return result.Output;
    }
}
