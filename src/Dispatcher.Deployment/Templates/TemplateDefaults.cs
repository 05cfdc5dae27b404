using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>The deployment defaults from the <c>aws-lambda-tools-defaults.json</c> beside a template.</summary>
/// <param name="Parameters">The template's parameters, from <c>template-parameters</c>.</param>
/// <param name="Region">The region of the stack; <see langword="null"/> if it is not known.</param>
/// <param name="StackName">The name of the stack.</param>
internal sealed record TemplateDefaults(IReadOnlyDictionary<string, string> Parameters, string? Region, string StackName)
{
    private const string FileName = "aws-lambda-tools-defaults.json";

    /// <summary>The defaults without a file.</summary>
    public static readonly TemplateDefaults None = new(new Dictionary<string, string>(), null, "stack");

    /// <summary>Gets the account of the stack; <see langword="null"/> if it is not known.</summary>
    public string? Account { get; init; }

    /// <summary>Reads the file beside a template, if it exists and applies to this template.</summary>
    /// <param name="template">The template's path.</param>
    /// <exception cref="InvalidSourceException">The file is not JSON, or a setting has a wrong type.</exception>
    public static TemplateDefaults Beside(string template)
    {
        var path = Path.Combine(Path.GetDirectoryName(template) is { Length: > 0 } folder ? folder : ".", FileName);
        if (!File.Exists(path))
        {
            return None;
        }

        JsonElement defaults;
        var content = InputFile.Read(path, "deployment defaults");
        try
        {
            // Visual Studio writes a byte order mark.
            defaults = JsonElement.Parse(content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content);
        }
        catch (JsonException)
        {
            throw new InvalidSourceException($"The file '{path}' is not valid JSON: {UnreadableJson.Explain(content)}. Correct it.");
        }

        if (!PayloadText.IsUnicode(defaults))
        {
            throw new InvalidSourceException(
                $"The file '{path}' has text that is not Unicode: invalid UTF-8, or an unpaired surrogate. Correct it.");
        }

        if (Text(defaults, "template") is { } named && Path.GetFileName(named) != Path.GetFileName(template))
        {
            return None;
        }

        DefaultsShape.Check(defaults, path);
        return new TemplateDefaults(
            defaults.TryGetProperty("template-parameters", out var parameters) ? ReadParameters(parameters) : None.Parameters,
            Text(defaults, "region") ?? None.Region,
            Text(defaults, "stack-name") ?? None.StackName);
    }

    /// <summary>Reads <c>"Name"="value";"Other"="value"</c>, a list of such pairs or an object, as the AWS tools do.</summary>
    private static Dictionary<string, string> ReadParameters(JsonElement pairs) => pairs.ValueKind switch
    {
        JsonValueKind.Object => pairs.EnumerateObject().DistinctBy(static pair => pair.Name)
            .ToDictionary(static pair => pair.Name, static pair => pair.Value.ToString(), StringComparer.Ordinal),
        JsonValueKind.Array => ReadPairs(pairs.EnumerateArray().Select(static pair => pair.ToString())),
        _ => ReadPairs(SplitParameters(pairs.ToString())),
    };

    private static Dictionary<string, string> ReadPairs(IEnumerable<string> pairs)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in pairs)
        {
            if (part.Split('=', 2) is [var name, var value])
            {
                parameters[name.Trim().Trim('"')] = value.Trim().Trim('"');
            }
        }

        return parameters;
    }

    /// <summary>Splits the text of <c>template-parameters</c> at the semicolons that are not within quotes.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The parts.</returns>
    internal static IEnumerable<string> SplitParameters(string text)
    {
        var start = 0;
        var quoted = false;
        for (var index = 0; index <= text.Length; index++)
        {
            quoted ^= index < text.Length && text[index] == '"';
            if (index == text.Length || (text[index] == ';' && !quoted))
            {
                yield return text[start..index];
                start = index + 1;
            }
        }
    }

    private static string? Text(JsonElement defaults, string name) =>
        defaults.ValueKind == JsonValueKind.Object && defaults.TryGetProperty(
            name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        && value.ToString() is { Length: > 0 } text ? text : null;
}
