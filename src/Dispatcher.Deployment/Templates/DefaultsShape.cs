using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>The check that the values of an <c>aws-lambda-tools-defaults.json</c> have the types that the AWS tools read.</summary>
internal static class DefaultsShape
{
    private const string Parameters = "template-parameters";

    /// <summary>The settings that are pairs, as text, a list of texts or an object, with an example of each as text.</summary>
    private static readonly Dictionary<string, string> Pairs = new(StringComparer.Ordinal)
    {
        ["environment-variables"] = "NAME=value;OTHER=value",
        ["tags"] = "team=backend",
        [Parameters] = "Name=value;Other=value",
    };

    /// <summary>
    /// The settings that are text or a number, with an example of each. Other settings may be numbers, booleans or lists.
    /// </summary>
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["cloudformation-role"] = "arn:aws:iam::123456789012:role/deploy",
        ["configuration"] = "Release",
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
        ["template"] = TemplateFile.Name,
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
                && setting.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
            {
                problems.Add($"\"{setting.Name}\" must be text, but is {PayloadText.Kind(setting.Value)}. "
                    + $"Write text such as \"{example}\".");
            }
            else if (Pairs.TryGetValue(setting.Name, out var pairs)
                && setting.Value.ValueKind
                    is not (JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Null))
            {
                problems.Add($"\"{setting.Name}\" must be text, a list or an object, but is {PayloadText.Kind(setting.Value)}. "
                    + $"Write text such as \"{pairs}\".");
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
