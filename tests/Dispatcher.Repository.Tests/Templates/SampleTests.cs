using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dispatcher.Repository.Tests.Templates;

/// <summary>
/// Compares <c>samples/Acme.Chores</c> with what <c>dotnet new maintenance</c> makes: the sample adds two jobs, and references projects of
/// this repository and its versions of packages.
/// </summary>
public sealed partial class SampleTests
{
    private const string Sample = "samples/Acme.Chores";
    private const string Made = "sample/Acme.Chores";

    /// <summary>The files to which the two jobs add lines.</summary>
    private static readonly string[] Extended =
    [
        "Directory.Build.props", "src/Acme.Chores/Acme.Chores.csproj", "src/Acme.Chores/AcmeJobs.cs",
        "tests/Acme.Chores.Tests/Acme.Chores.Tests.csproj",
    ];

    /// <summary>The files that the sample has in another form: the repository's versions, and a template of three jobs.</summary>
    private static readonly string[] Replaced = ["Directory.Packages.props", "serverless.template"];

    [OneTimeSetUp]
    public async Task MakeAsync() => await Consumer.Folder.RunAsync("mkdir sample && cd sample && dotnet new maintenance -n Acme.Chores");

    [Test]
    public void Sample_EveryFileThatIsMade_IsThereWithItsLines()
    {
        var made = Consumer.Folder.PathOf(Made);
        var files = Directory.GetFiles(made, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(made, file))
            .Except(Replaced).ToList();

        Assert.That(files, Has.Count.GreaterThan(10));
        using (Assert.EnterMultipleScope())
        {
            foreach (var file in files)
            {
                var expected = WithProjects(File.ReadAllText(Path.Combine(made, file))).Split('\n');
                var lines = File.ReadAllText(Repository.PathOf($"{Sample}/{file}")).Split('\n');
                Assert.That(lines, Extended.Contains(file) ? Is.SupersetOf(expected) : Is.EqualTo(expected), file);
            }
        }
    }

    [Test]
    public void Packages_VersionsThatAreMade_AreThoseOfTheRepository() =>
        Assert.That(
            Versions(Consumer.Folder.PathOf($"{Made}/Directory.Packages.props"))
                .Where(package => !package.StartsWith("MaintenanceDispatcher", StringComparison.Ordinal)),
            Is.Not.Empty.And.SubsetOf(Versions(Repository.PathOf("Directory.Packages.props"))));

    /// <summary>With <c>ACCEPT_TEMPLATE=1</c> in the environment the test writes the template anew.</summary>
    [Test]
    public async Task Template_OfTheSample_IsWhatItsJobsDeclare()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var tool = Repository.PathOf($"{Sample}/src/Acme.Chores.Tool/bin/{configuration}/net10.0/Acme.Chores.Tool.dll");

        string[] mode = Environment.GetEnvironmentVariable("ACCEPT_TEMPLATE") == "1" ? [] : ["--check"];

        var result = await Command.RunAsync(
            "dotnet", [tool, "template", "--output", "serverless.template", .. mode], Repository.PathOf(Sample));

        Assert.That(result.ExitCode, Is.Zero, result.Everything);
    }

    private static IEnumerable<string> Versions(string file) => XDocument.Load(file).Descendants("PackageVersion")
        .Select(package => $"{package.Attribute("Include")!.Value} {package.Attribute("Version")!.Value}");

    private static string WithProjects(string text) => Package().Replace(
        text, """<ProjectReference Include="../../../../src/Dispatcher$1/Dispatcher$1.csproj" />""");

    [GeneratedRegex("""<PackageReference Include="MaintenanceDispatcher([\w.]*)" />""")]
    private static partial Regex Package();
}
