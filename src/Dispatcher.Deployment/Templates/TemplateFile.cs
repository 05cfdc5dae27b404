using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>Finds and reads the file of a template.</summary>
internal static class TemplateFile
{
    /// <summary>The name that the AWS tools for .NET give it.</summary>
    public const string Name = "serverless.template";

    /// <summary>Functions within functions, such as in the body of a dashboard, go deeper than other JSON.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 200 };

    private const string TooLarge = "the most that CloudFormation takes. Split the template.";

    /// <summary>Finds the template: the one that is named, or <see cref="Name"/> here or further up in the repository.</summary>
    /// <param name="path">What was named, if anything.</param>
    /// <exception cref="InvalidSourceException">There is none.</exception>
    public static string Find(string? path) =>
        path ?? FindAbove() ?? throw new InvalidSourceException(
            $"There is no {Name} in {Directory.GetCurrentDirectory()} or above it. Name one: --template FILE.");

    /// <summary>Reads a template.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidSourceException">It cannot be read, or is no template in JSON.</exception>
    public static JsonElement Read(string path) => Parse(InputFile.Read(path, "template", TooLarge), path);

    /// <summary>Parses a template.</summary>
    /// <param name="content">What the file holds.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InvalidSourceException">It is no template in JSON.</exception>
    public static JsonElement Parse(byte[] content, string path)
    {
        if (IsYaml(content, path))
        {
            throw new InvalidSourceException(
                $"The template '{path}' is YAML, and only JSON is read here. Make a copy in JSON, such as by 'cfn-flip {path} {Name}', and name that.");
        }

        JsonElement template;
        try
        {
            template = JsonElement.Parse(content.AsSpan(StartOfJson(content)), Deep);
        }
        catch (JsonException exception)
        {
            throw new InvalidSourceException($"The template '{path}' is not JSON that can be read{Where(exception)}. Correct it, or name another file.");
        }

        if (!JsonText.IsUnicode(template))
        {
            throw new InvalidSourceException($"The template '{path}' has text that is not Unicode: bytes that are not UTF-8, or half of a surrogate pair such as \\ud800. Correct it.");
        }

        return Is(template) ? template : throw new InvalidSourceException(
            $"The file '{path}' holds no template: there is no object \"Resources\" in it. Name a CloudFormation or SAM template.");
    }

    /// <summary>Says whether a file holds a template, rather than a payload or no JSON at all.</summary>
    public static bool Is(byte[] content)
    {
        try
        {
            return Is(JsonElement.Parse(content.AsSpan(StartOfJson(content)), Deep));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Is(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && JsonText.TryGetProperty(json, "Resources", out var resources) && resources.ValueKind == JsonValueKind.Object;

    /// <summary>Formats the place of an error: what .NET says of it is about readers and tokens.</summary>
    public static string Where(JsonException exception) =>
        exception is { LineNumber: { } line, BytePositionInLine: { } position } ? $" (line {line + 1}, byte {position + 1})" : string.Empty;

    /// <summary>Says whether a file is a template in YAML.</summary>
    public static bool IsYaml(ReadOnlySpan<byte> content, string path) =>
        content[StartOfJson(content)..].TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..]
        && (Path.GetExtension(path) is ".yaml" or ".yml" || content.IndexOf("\nResources:"u8) >= 0);

    private static int StartOfJson(ReadOnlySpan<byte> content) => content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;

    private static string? FindAbove()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, Name);
            if (File.Exists(candidate))
            {
                return Path.GetRelativePath(Directory.GetCurrentDirectory(), candidate);
            }

            // Not beyond the repository: another one's template is not meant.
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return null;
            }
        }

        return null;
    }
}
