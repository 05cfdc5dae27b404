using System.Text.Json;

namespace Dispatcher.Deployment.Templates;

/// <summary>Functions that read sections of a template without assumptions about their shape.</summary>
internal static class TemplateSections
{
    /// <summary>Lists the entries of a section.</summary>
    /// <param name="parent">The template, or a part of it.</param>
    /// <param name="name">The section.</param>
    /// <returns>Its entries; none if the section is missing or not an object.</returns>
    public static IEnumerable<JsonProperty> List(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(
            name, out var section) && section.ValueKind == JsonValueKind.Object
            ? section.EnumerateObject()
            : [];

    /// <summary>Reads the text of a field; <see langword="null"/> if it has none.</summary>
    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
