using System.Xml.Linq;

namespace Dispatcher.Repository.Tests.Layout;

/// <summary>A project below <c>src</c>.</summary>
/// <param name="Name">The name of the project.</param>
internal sealed record SourceProject(string Name)
{
    private XElement File => XElement.Load(Repository.PathOf($"src/{Name}/{Name}.csproj"));

    /// <summary>Lists the projects, without the stand-ins and without the projects that a template makes.</summary>
    /// <returns>The projects, by name.</returns>
    public static IReadOnlyList<SourceProject> All() =>
        [.. ProjectFiles().Select(file => new SourceProject(Path.GetFileNameWithoutExtension(file)))];

    /// <summary>Lists the files of the projects.</summary>
    /// <returns>The files, from the root.</returns>
    public static IEnumerable<string> ProjectFiles() =>
        Repository.Files("src/*.csproj").Where(file => file.Count(character => character == '/') == 2);

    /// <summary>Gets the path of the built assembly.</summary>
    /// <returns>The path, in the configuration of these tests.</returns>
    public string AssemblyPath()
    {
        var assembly = File.Descendants("AssemblyName").Select(name => name.Value).FirstOrDefault(Name);
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Repository.PathOf($"src/{Name}/bin/{configuration}/net10.0/{assembly}.dll");
    }

    /// <summary>Gets the friend assemblies.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> Friends() =>
        [.. File.Descendants("InternalsVisibleTo").Select(friend => friend.Attribute("Include")!.Value)];

    /// <inheritdoc />
    public override string ToString() => Name;
}
