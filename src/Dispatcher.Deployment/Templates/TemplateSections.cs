using System.Text.Json;

namespace Dispatcher.Deployment.Templates;

/// <summary>Takes a template apart without trusting its shape.</summary>
internal static class TemplateSections
{
    /// <summary>Lists what a section holds.</summary>
    /// <param name="parent">The template, or a part of it.</param>
    /// <param name="name">The section.</param>
    /// <returns>Its entries; none where the section is missing or no object.</returns>
    public static IEnumerable<JsonProperty> List(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var section) && section.ValueKind == JsonValueKind.Object
            ? section.EnumerateObject()
            : [];

    /// <summary>Reads the text of a field, or answers <see langword="null"/>.</summary>
    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
