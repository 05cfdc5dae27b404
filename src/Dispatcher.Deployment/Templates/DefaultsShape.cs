using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>The check that the values of an <c>aws-lambda-tools-defaults.json</c> have the types that the AWS tools read.</summary>
internal static class DefaultsShape
{
    private const string Parameters = "template-parameters";

    /// <summary>The settings that are text, with an example of each. Other settings may be numbers, booleans or lists.</summary>
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["cloudformation-role"] = "arn:aws:iam::123456789012:role/deploy",
        ["configuration"] = "Release",
        ["environment-variables"] = "NAME=value;OTHER=value",
        ["framework"] = "net10.0",
        ["function-architecture"] = "arm64",
        ["function-handler"] = "bootstrap",
        ["function-name"] = "maintenance",
        ["function-role"] = "arn:aws:iam::123456789012:role/maintenance",
        ["function-runtime"] = "provided.al2023",
        ["msbuild-parameters"] = "--self-contained true",
        ["package-type"] = "zip",
        ["profile"] = "default",
        ["region"] = "eu-central-1",
        ["s3-bucket"] = "deployments",
        ["s3-prefix"] = "maintenance/",
        ["stack-name"] = "maintenance",
        ["tags"] = "team=backend",
        ["template"] = TemplateFile.Name,
        [Parameters] = "Name=value;Other=value",
    };

    /// <summary>Checks the file.</summary>
    /// <param name="defaults">Its JSON.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <exception cref="InvalidSourceException">A value has another type; the message states all problems.</exception>
    public static void Check(JsonElement defaults, string path)
    {
        if (defaults.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidSourceException(
                $"The file '{path}' is {PayloadText.Kind(defaults)}. Write an object with settings, such as "
                + "{\"region\":\"eu-central-1\"}.");
        }

        var problems = new List<string>();
        foreach (var setting in defaults.EnumerateObject())
        {
            if (Texts.TryGetValue(setting.Name, out var example)
                && setting.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                problems.Add($"\"{setting.Name}\" must be text, but is {PayloadText.Kind(setting.Value)}. "
                    + $"Write text such as \"{example}\".");
            }
            else if (setting.Name == Parameters && setting.Value.ValueKind == JsonValueKind.String
                && TemplateDefaults.SplitParameters(setting.Value.GetString()!).FirstOrDefault(static part =>
                    part.Trim().Length > 0 && !part.Contains('=', StringComparison.Ordinal)) is { } part)
            {
                problems.Add(
                    $"\"{setting.Name}\" has '{Redaction.Value(part.Trim())}', which is not NAME=VALUE. Separate parameters with ';'.");
            }
        }

        if (problems.Count > 0)
        {
            throw new InvalidSourceException($"In the file '{path}', {string.Join(' ', problems)}");
        }
    }
}
