using System.Globalization;
using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Dispatcher.Repository.Tests.Packages;

/// <summary>
/// Packs the tool for the platform of this machine and for all others, as a release does for more platforms, and installs it twice: as it
/// is packed, and from a feed without a package for this platform.
/// </summary>
public sealed class ToolPackageTests
{
    private const string Id = "MaintenanceDispatcher.Cli";
    private const string Others = "any";

    private static readonly string Platform =
        (OperatingSystem.IsMacOS() ? "osx-" : "linux-") + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64");

    private static readonly string Version =
        XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

    private static DirectoryInfo s_folder = null!;

    private static string Feed => Path.Combine(s_folder.FullName, "feed");

    /// <summary>Packs and installs.</summary>
    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        s_folder = Directory.CreateTempSubdirectory("tool-package-");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

        await RunAsync(
            "dotnet", "pack", "src/Dispatcher.Cli", "-c", configuration, "-o", Feed, "-v", "quiet", "--nologo",
            $"-p:ToolPlatforms=\"{Platform};{Others}\"");
        await InstallAsync(Feed, Platform);
        await InstallAsync(CreateFeedWithoutThisPlatform(), Others);
    }

    [OneTimeTearDown]
    public void DeletePackages() => s_folder.Delete(recursive: true);

    [Test]
    public void Pack_MakesAPackageForEachPlatformAndOneThatNamesThem()
    {
        Assert.That(Directory.GetFiles(Feed).Select(Path.GetFileName), Is.EquivalentTo(
        [
            $"{Id}.{Version}.nupkg",
            $"{Id}.{Platform}.{Version}.nupkg", $"{Id}.{Platform}.{Version}.snupkg",
            $"{Id}.{Others}.{Version}.nupkg", $"{Id}.{Others}.{Version}.snupkg",
        ]));
    }

    [Test]
    public void Package_OfThisPlatform_HasNoLibraryThatIsNotCompiledAhead() =>
        Assert.That(Libraries(Platform).Where(library => !library.IsCompiled).Select(library => library.Name), Is.Empty);

    [Test]
    public void Package_OfAllOthers_HasLibrariesForEveryPlatform()
    {
        var libraries = Libraries(Others).ToDictionary(library => library.Name, library => library.IsCompiled);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(libraries, Does.ContainKey("dispatch.dll").WithValue(false).And.ContainKey("Dispatcher.Tool.dll").WithValue(false));
            Assert.That(Entries(Others), Has.Some.EndsWith("/runtimes/win-arm64/native/e_sqlite3.dll"));
        }
    }

    /// <summary>If the package had an executable, the tool would be a batch file on Windows.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Package_HasNoExecutableOfTheTool(bool isForThisPlatform)
    {
        var suffix = isForThisPlatform ? Platform : Others;

        Assert.That(
            Entries(suffix).Select(Path.GetFileName),
            Does.Contain("dispatch.dll").And.None.EqualTo("dispatch").And.None.EqualTo("dispatch.exe"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Install_NameOfTheTool_InstallsThePackageOfThePlatformOrThatOfAllOthers(bool hasPackage)
    {
        var suffix = hasPackage ? Platform : Others;

        var help = await RunAsync(Program(suffix), "--help");
        var list = await RunAsync(Program(suffix), "list");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(help, Does.Contain("dispatch [command]"));
            Assert.That(list, Does.Contain("video-upload-cleanup"));
            Assert.That(
                Directory.GetDirectories(Path.Combine(s_folder.FullName, suffix, ".store"), $"{Id}.*", new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    MatchCasing = MatchCasing.CaseInsensitive,
                }).Select(Path.GetFileName),
                Is.EqualTo([$"{Id}.{suffix}"]).IgnoreCase);
        }
    }

    /// <summary>SQLite is a native library of the platform.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Invoke_OfTheInstalledTool_KeepsTheRunInSqlite(bool hasPackage)
    {
        var folder = Path.Combine(s_folder.FullName, hasPackage ? Platform : Others);
        var payload = Path.Combine(folder, "payload.json");
        await File.WriteAllTextAsync(
            payload, """{"job":"http-trigger","dryRun":true,"parameters":{"url":"http://127.0.0.1:1/sqlite"}}""");
        var environment = new Dictionary<string, string>
        {
            ["AWS_REGION"] = "us-east-1",
            ["HttpTrigger__AllowedHosts__0"] = "127.0.0.1",
            ["RUNS_FILE"] = Path.Combine(folder, "runs.db"),
        };

        var invoke = await Command.RunAsync(Path.Combine(folder, "dispatch"), ["invoke", "--event", payload], folder, environment);
        var history = await Command.RunAsync(Path.Combine(folder, "dispatch"), ["history"], folder, environment);

        Assert.That(invoke.ExitCode, Is.Zero, invoke.Everything);
        Assert.That(history.Output, Does.Contain("http-trigger  planned"), history.Everything);
    }

    [TestCase("--help")]
    [TestCase("list")]
    public async Task Start_OfTheInstalledTool_CompilesAThirdOfTheMethodsAtMost(string command)
    {
        var compiled = await CountCompiledMethodsAsync(Platform, command);
        var compiledByOthers = await CountCompiledMethodsAsync(Others, command);

        Assert.That(compiled, Is.Positive.And.LessThan(compiledByOthers / 3));
    }

    [Test]
    public async Task Exec_NameOfTheTool_RunsItWithoutInstallation()
    {
        var list = await RunAsync("dotnet", "tool", "exec", Id, "--source", Feed, "--yes", "--", "list");

        Assert.That(list, Does.Contain("video-upload-cleanup"));
    }

    /// <summary>
    /// A machine with musl takes the package for glibc if there is none for musl, and none for 'any': the graph of the platforms says that
    /// each runs there.
    /// </summary>
    [Test]
    public async Task Platforms_OfARelease_HaveOneWithMuslForEachLinuxAndAllOthers()
    {
        var property = await RunAsync(
            "dotnet", "msbuild", "src/Dispatcher.Cli", "-getProperty:RuntimeIdentifiers", "-p:ToolPlatforms=all");
        var platforms = property.Trim().Split(';');
        var linux = platforms.Where(name => name.StartsWith("linux-", StringComparison.Ordinal)).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(platforms, Does.Contain(Others));
            Assert.That(linux, Is.EquivalentTo(["linux-x64", "linux-arm64", "linux-musl-x64", "linux-musl-arm64"]));
        }
    }

    /// <summary>Copies the feed, with another platform in the place of this one.</summary>
    private static string CreateFeedWithoutThisPlatform()
    {
        const string Settings = "tools/any/any/DotnetToolSettings.xml";
        var feed = Directory.CreateDirectory(Path.Combine(s_folder.FullName, "feed-without-platform")).FullName;
        string[] files = [$"{Id}.{Version}.nupkg", $"{Id}.{Others}.{Version}.nupkg"];
        foreach (var file in files)
        {
            File.Copy(Path.Combine(Feed, file), Path.Combine(feed, file));
        }

        using var package = ZipFile.Open(Path.Combine(feed, files[0]), ZipArchiveMode.Update);
        using var content = package.GetEntry(Settings)!.Open();
        var settings = XDocument.Load(content);
        var platform = settings.Descendants().Single(element => (string?)element.Attribute("RuntimeIdentifier") == Platform);
        platform.SetAttributeValue("RuntimeIdentifier", "win-x86");
        platform.SetAttributeValue("Id", $"{Id}.win-x86");
        content.SetLength(0);
        settings.Save(content);
        return feed;
    }

    private static async Task InstallAsync(string feed, string folder) =>
        await RunAsync("dotnet", "tool", "install", Id, "--tool-path", Path.Combine(s_folder.FullName, folder), "--source", feed);

    private static string Program(string folder) => Path.Combine(s_folder.FullName, folder, "dispatch");

    private static async Task<int> CountCompiledMethodsAsync(string folder, string command)
    {
        var file = Path.Combine(s_folder.FullName, "methods");
        File.Delete(file);
        var environment = new Dictionary<string, string> { ["DOTNET_JitStdOutFile"] = file, ["DOTNET_JitDisasmSummary"] = "1" };

        var result = await Command.RunAsync(Program(folder), [command], s_folder.FullName, environment);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        var count = (await File.ReadAllLinesAsync(file)).Length;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{command} of {folder}: {count} methods"));
        return count;
    }

    private static ZipArchive Open(string suffix) => ZipFile.OpenRead(Path.Combine(Feed, $"{Id}.{suffix}.{Version}.nupkg"));

    private static string[] Entries(string suffix)
    {
        using var package = Open(suffix);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>Reads which managed libraries of a package have native code, by their headers.</summary>
    private static List<(string Name, bool IsCompiled)> Libraries(string suffix)
    {
        var libraries = new List<(string, bool)>();
        using var package = Open(suffix);
        foreach (var entry in package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var content = entry.Open();
            using var library = new MemoryStream();
            content.CopyTo(library);
            library.Position = 0;
            using var reader = new PEReader(library);
            if (reader.PEHeaders.CorHeader is { } header)
            {
                libraries.Add((entry.Name, header.ManagedNativeHeaderDirectory.Size > 0));
            }
        }

        Assert.That(libraries, Has.Count.GreaterThan(30));
        return libraries;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        // A package that 'dotnet tool' reads must neither come from an earlier run nor stay on this machine.
        var environment = program == "dotnet" && arguments[0] == "tool"
            ? new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(s_folder.FullName, "packages") }
            : [];
        var result = await Command.RunAsync(program, arguments, Repository.Root, environment);

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        return result.Output;
    }
}
