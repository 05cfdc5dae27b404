namespace Dispatcher.Repository.Tests.Templates;

/// <summary>
/// A folder of a user's, outside the repository: nothing but the packages of the feed and of the machine's own sources, with an empty
/// package cache and templates of its own.
/// </summary>
internal sealed class ConsumerFolder : IDisposable
{
    /// <summary>The version of the packages: higher than any that a registry has.</summary>
    private const string Version = "99.0.0";

    /// <summary>Keeps the templates out of the user's own list.</summary>
    private const string DotnetCommand =
        """dotnet() { if [ "$1" = new ]; then command dotnet "$@" --debug:custom-hive "$TEMPLATES"; else command dotnet "$@"; fi; }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consumer-");

    private string Feed => PathOf("feed");

    /// <summary>Packs what the build has made, and installs the templates from their package.</summary>
    /// <returns>The folder.</returns>
    public static async Task<ConsumerFolder> CreateAsync()
    {
        var folder = new ConsumerFolder();
        try
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            var packed = await Command.RunAsync(
                "dotnet",
                [
                    "msbuild", "tests/Dispatcher.Repository.Tests/Templates/Feed.proj", "-m", "-nologo", "-v:quiet", "-nodeReuse:false",
                    $"-p:Feed={folder.Feed}", $"-p:Configuration={configuration}", $"-p:Version={Version}",
                ],
                Repository.Root);
            Assert.That(packed.ExitCode, Is.Zero, packed.Everything);
            await File.WriteAllTextAsync(
                folder.PathOf("nuget.config"),
                $"""<configuration><packageSources><add key="feed" value="{folder.Feed}" /></packageSources></configuration>""");
            await folder.RunAsync("dotnet new install MaintenanceDispatcher.Templates");
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Returns the path of a file.</summary>
    /// <param name="file">The file, from the folder.</param>
    /// <returns>Its full path.</returns>
    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Runs commands, which must succeed.</summary>
    /// <param name="script">The commands, for bash, which stops at the first failure.</param>
    /// <param name="directory">The directory that they run in, from the folder.</param>
    /// <returns>Their output.</returns>
    public async Task<string> RunAsync(string script, string directory = ".")
    {
        var result = await TryAsync(script, directory);
        Assert.That(result.ExitCode, Is.Zero, result.Everything);
        return result.Output;
    }

    /// <summary>Runs commands.</summary>
    /// <param name="script">The commands, for bash, which stops at the first failure.</param>
    /// <param name="directory">The directory that they run in, from the folder.</param>
    /// <returns>The result.</returns>
    public Task<CommandResult> TryAsync(string script, string directory = ".") => Command.RunAsync(
        "bash",
        ["-euo", "pipefail", "-c", $"{DotnetCommand}\n{script}"],
        PathOf(directory),
        new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = PathOf("cache"),
            ["TEMPLATES"] = PathOf("templates"),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["DOTNET_NOLOGO"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        });

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);
}
