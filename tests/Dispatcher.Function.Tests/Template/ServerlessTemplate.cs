using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Is <c>serverless.template</c>, as it stands in the repository.</summary>
internal static class ServerlessTemplate
{
    public static string Root { get; } = FindRoot();

    public static string Path { get; } = System.IO.Path.Combine(Root, "serverless.template");

    public static string DeployScript { get; } = System.IO.Path.Combine(Root, "tests", "Dispatcher.Function.Tests", "Template", "deploy.py");

    public static JsonElement Content { get; } = JsonElement.Parse(File.ReadAllText(Path));

    /// <summary>Gets the inputs of all rules: what EventBridge sends to the function.</summary>
    public static IEnumerable<string> RuleInputs { get; } =
        [
            .. Content.GetProperty("Resources").EnumerateObject()
                .Where(resource => resource.Value.GetProperty("Type").GetString() == "AWS::Events::Rule")
                .SelectMany(resource => resource.Value.GetProperty("Properties").GetProperty("Targets").EnumerateArray())
                .Select(target => target.GetProperty("Input").GetString()!),
        ];

    /// <summary>Gets the function's environment where every parameter has its default, and those without one the value <c>given</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> EnvironmentDefaults { get; } =
        [
            .. Content.GetProperty("Resources").GetProperty("DispatcherFunction").GetProperty("Properties").GetProperty("Environment")
                .GetProperty("Variables").EnumerateObject()
                .Select(variable => KeyValuePair.Create(variable.Name, Resolve(variable.Value))),
        ];

    private static string? Resolve(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()
        : Content.GetProperty("Parameters").GetProperty(value.GetProperty("Ref").GetString()!).TryGetProperty("Default", out var standard)
            ? standard.ToString()
            : "given";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Dispatcher.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Dispatcher.sln above {AppContext.BaseDirectory}. Run the tests inside of the repository.");
    }
}
