using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;
using YamlDotNet.Core;

namespace Dispatcher.Deployment.Templates;

/// <summary>Functions that find and read template files.</summary>
public static class TemplateFile
{
    /// <summary>The name that the AWS tools for .NET give it.</summary>
    public const string Name = "serverless.template";

    /// <summary>What may be given instead of something that is not a template.</summary>
    private const string Form = "template in JSON or YAML";

    /// <summary>The names that are looked for, in this order: that of the AWS tools for .NET, then those of SAM.</summary>
    private static readonly string[] Names = [Name, "template.yaml", "template.yml", "template.json"];

    /// <summary>Nested functions, as in the body of a dashboard, go deeper than other JSON.</summary>
    internal const int MaxDepth = 200;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = MaxDepth };

    private const string TooLarge = "the limit of CloudFormation. Split the template.";

    /// <summary>
    /// Finds the template: the given file, or <see cref="Name"/>, <c>template.yaml</c>, <c>template.yml</c> or <c>template.json</c> in the
    /// given directory, or else in the current directory or above it in the repository.
    /// </summary>
    /// <param name="path">The given path, if any.</param>
    /// <exception cref="InvalidSourceException">No template was found.</exception>
    public static string Find(string? path)
    {
        if (path is null)
        {
            return FindAbove(Names) ?? throw new InvalidSourceException(
                $"There is no {List(Names)} in {Directory.GetCurrentDirectory()} or above it. Name one: --template FILE.");
        }

        return !Directory.Exists(path) ? path : FindIn(path, Names) ?? throw new InvalidSourceException(
            $"The directory '{path}' has no {List(Names)}. Name the file of a {Form}.");
    }

    /// <summary>Looks for a template in the current directory or above it in the repository, by the names of <see cref="Find"/>.</summary>
    /// <param name="path">The path of the template, if there is one.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind([NotNullWhen(true)] out string? path)
    {
        path = FindAbove(Names);
        return path is not null;
    }

    /// <summary>
    /// Finds the place of a generated template: <see cref="Name"/> in the current directory or above it in the repository.
    /// </summary>
    /// <returns>Its path, also if it does not exist yet.</returns>
    public static string FindGenerated() => FindAbove(Name) ?? Name;

    /// <summary>Reads a template.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidSourceException">The file cannot be read, or is not a template.</exception>
    public static JsonElement Read(string path) => Parse(InputFile.Read(path, "template", TooLarge, Form), path);

    /// <summary>Parses a template.</summary>
    /// <param name="content">The content of the file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InvalidSourceException">The file is not a template.</exception>
    public static JsonElement Parse(byte[] content, string path)
    {
        var template = IsYaml(content, path) ? ParseYaml(content, path) : ParseJson(content, path);
        if (!PayloadText.IsUnicode(template))
        {
            throw new InvalidSourceException($"The template '{path}' has text that is not Unicode: invalid UTF-8, or an unpaired "
                + $"surrogate such as \\ud800. Correct it.");
        }

        return Is(template) ? template : throw new InvalidSourceException(
            $"The file '{path}' is not a template: it has no object \"Resources\". Name a CloudFormation or SAM template.");
    }

    private static JsonElement ParseJson(byte[] content, string path)
    {
        try
        {
            return JsonElement.Parse(content.AsSpan(StartOfJson(content)), Deep);
        }
        catch (JsonException)
        {
            throw new InvalidSourceException(
                $"The template '{path}' is not valid JSON: {UnreadableJson.Explain(content, Deep)}. Correct it, or name another "
                    + "file.");
        }
    }

    private static JsonElement ParseYaml(byte[] content, string path)
    {
        try
        {
            return JsonElement.Parse(TemplateYaml.Parse(content)?.ToJsonString() ?? "null", Deep);
        }
        catch (YamlException exception)
        {
            throw new InvalidSourceException(
                $"The template '{path}' is not valid YAML (line {exception.Start.Line}): {exception.Message} Correct it, or name another "
                    + "file.");
        }
    }

    /// <summary>Determines whether a file holds a template in JSON.</summary>
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
        json.ValueKind == JsonValueKind.Object && PayloadText.TryGetProperty(
            json, "Resources", out var resources) && resources.ValueKind == JsonValueKind.Object;

    /// <summary>Determines whether a file is a template in YAML.</summary>
    public static bool IsYaml(ReadOnlySpan<byte> content, string path) =>
        content[StartOfJson(content)..].TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..]
        && (Path.GetExtension(path) is ".yaml" or ".yml" || content[StartOfJson(content)..].StartsWith("Resources:"u8)
            || content.IndexOf("\nResources:"u8) >= 0);

    private static int StartOfJson(ReadOnlySpan<byte> content) => content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;

    private static string? FindAbove(params string[] names)
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (FindIn(folder.FullName, names) is { } found)
            {
                return Path.GetRelativePath(Directory.GetCurrentDirectory(), found);
            }

            // Not beyond the repository: another one's template is not meant.
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return null;
            }
        }

        return null;
    }

    private static string? FindIn(string folder, string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(path => File.Exists(path) && MayBeTemplate(path));

    /// <summary>Other tools have a template.json too. What cannot be read counts, so that its error is shown.</summary>
    private static bool MayBeTemplate(string path)
    {
        try
        {
            return Path.GetFileName(path) == Name
                || InputFile.Read(path, "template", TooLarge).AsSpan().IndexOf("Resources"u8) >= 0;
        }
        catch (InvalidSourceException)
        {
            return true;
        }
    }

    private static string List(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
