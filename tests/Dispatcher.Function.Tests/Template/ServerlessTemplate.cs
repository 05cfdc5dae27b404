using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>The file <c>serverless.template</c> of the repository.</summary>
internal static class ServerlessTemplate
{
    public static string Root { get; } = FindRoot();

    public static string Path { get; } = System.IO.Path.Combine(Root, "serverless.template");

    public static string DeployScript { get; } = System.IO.Path.Combine(
        Root, "tests", "Dispatcher.Function.Tests", "Template", "deploy.py");

    public static JsonElement Content { get; } = JsonElement.Parse(File.ReadAllText(Path));

    /// <summary>Gets the names of the parameters.</summary>
    public static IEnumerable<string> Parameters => Content.GetProperty("Parameters").EnumerateObject().Select(parameter => parameter.Name);

    /// <summary>Finds a parameter.</summary>
    public static JsonElement Parameter(string name) => Content.GetProperty("Parameters").GetProperty(name);

    /// <summary>Finds the properties of a resource.</summary>
    public static JsonElement Properties(string resource) =>
        Content.GetProperty("Resources").GetProperty(resource).GetProperty("Properties");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Dispatcher.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException(
            $"No Dispatcher.sln above {AppContext.BaseDirectory}. Run the tests inside of the repository.");
    }
}
