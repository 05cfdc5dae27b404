using System.Text;
using System.Text.RegularExpressions;

namespace Dispatcher.Tool.Tests;

/// <summary>Starts the built tool and reads which assemblies it loads, from the events of the runtime's loader.</summary>
public sealed partial class StartTests
{
    private const string LoaderEvents = "Microsoft-Windows-DotNETRuntime:0x8:4";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Help_LoadsTheToolAndItsParserOnly()
    {
        var loaded = await StartAsync("--help");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                loaded.Where(static name => !FrameworkName().IsMatch(name)),
                Is.EquivalentTo(["dispatch", "Dispatcher", "Dispatcher.Tool", "Dispatcher.Ui"]));
            Assert.That(loaded, Has.None.StartsWith("Microsoft.AspNetCore").And.None.StartsWith("Microsoft.Extensions.Configuration"));
            Assert.That(loaded, Has.None.EqualTo("Microsoft.Extensions.DependencyInjection").And.None.EqualTo("Microsoft.Data.Sqlite"));
            Assert.That(loaded, Has.None.EqualTo("System.Text.Json").And.None.EqualTo("System.Text.RegularExpressions"));
            Assert.That(loaded, Has.None.StartsWith("System.Net"));
        }
    }

    [Test]
    public async Task List_LoadsNeitherServicesNorServersNorSqlite()
    {
        var loaded = await StartAsync("list");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded, Does.Contain("Spectre.Console"), "the table");
            Assert.That(loaded, Has.None.EqualTo("Microsoft.Extensions.DependencyInjection").And.None.StartsWith("Microsoft.AspNetCore"));
            Assert.That(loaded, Has.None.EqualTo("Microsoft.Data.Sqlite").And.None.StartsWith("SQLitePCLRaw"));
            Assert.That(loaded, Has.None.EqualTo("Dispatcher.LocalServers").And.None.EqualTo("Dispatcher.Sqlite"));
            Assert.That(loaded, Has.None.EqualTo("AWSSDK.SecurityToken").And.None.EqualTo("AWSSDK.CloudFormation"));
        }
    }

    /// <summary>Runs a command.</summary>
    /// <returns>The names of the assemblies that it loaded.</returns>
    private async Task<IReadOnlyCollection<string>> StartAsync(string command)
    {
        var events = Path.Combine(_folder.Path, "events");
        var result = await DispatchProcess.RunAsync(
            [command],
            environment: new Dictionary<string, string>
            {
                ["DOTNET_EnableEventPipe"] = "1",
                ["DOTNET_EventPipeConfig"] = LoaderEvents,
                ["DOTNET_EventPipeOutputPath"] = events,
            },
            directory: _folder.Path);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        var paths = LibraryPath().Matches(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(events)));
        var names = paths.Select(static path => Path.GetFileNameWithoutExtension(path.Value.Replace("\0", "", StringComparison.Ordinal)))
            .ToHashSet();
        Assert.That(names, Does.Contain("System.Private.CoreLib"), "the events");
        return names;
    }

    [GeneratedRegex(@"^(System|Microsoft)\.")]
    private static partial Regex FrameworkName();

    /// <summary>A path in UTF-16, wherever it begins.</summary>
    [GeneratedRegex(@"([\x21-\x7e]\0)+?\.\0d\0l\0l\0(?=\0\0)")]
    private static partial Regex LibraryPath();
}
