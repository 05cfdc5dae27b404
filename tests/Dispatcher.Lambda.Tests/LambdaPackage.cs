using System.Text.Json.Nodes;

namespace Dispatcher.Lambda.Tests;

/// <summary>A copy of the files beside the tests, as the package of a function.</summary>
internal sealed class LambdaPackage : IDisposable
{
    private const string Runtime = "Amazon.Lambda.RuntimeSupport";

    public LambdaPackage()
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("package-").FullName;

    /// <summary>Removes the runtime from the package, as publishing with <c>LambdaHandlerModel=ClassLibrary</c> does.</summary>
    /// <param name="assembly">The name of the function's assembly.</param>
    public void LeaveOutRuntime(string assembly)
    {
        File.Delete(Path.Combine(Folder, $"{Runtime}.dll"));
        var path = Path.Combine(Folder, $"{assembly}.deps.json");
        var dependencies = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        var targets = dependencies["targets"]!.AsObject().Select(target => target.Value!.AsObject());
        foreach (var libraries in targets.Append(dependencies["libraries"]!.AsObject()))
        {
            libraries.Remove(libraries.Single(library => library.Key.StartsWith($"{Runtime}/", StringComparison.Ordinal)).Key);
        }

        File.WriteAllText(path, dependencies.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
