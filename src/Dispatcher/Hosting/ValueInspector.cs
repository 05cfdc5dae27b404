using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>
/// The search for the places of a value that do not have the form of its type. .NET's reader stops at the first one and accepts null
/// for every item of a list or map, which the code of a job does not expect.
/// </summary>
/// <param name="kind">What the outermost place is called: <c>Parameter</c>.</param>
/// <param name="isReadable">Whether .NET could read the whole value, so that only nulls and the names of enumerations are left.</param>
/// <param name="isSensitive">Whether values and the keys of maps may be secrets and are not shown.</param>
/// <param name="problems">Gets a problem for each place.</param>
internal sealed class ValueInspector(string kind, bool isReadable, bool isSensitive, ProblemList problems)
{
    /// <summary>Looks for places.</summary>
    /// <param name="type">The type.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">The path of the value: <c>tasks[0].args</c>; empty for a root without a name.</param>
    /// <param name="expected">The values in words, if they are known better than from the type.</param>
    /// <param name="where">What to write behind the path, such as where the value comes from.</param>
    /// <returns><see langword="true"/> if there is none.</returns>
    public bool Inspect(JsonTypeInfo type, JsonElement value, string path, string? expected = null, string where = "")
    {
        if (problems.IsFull)
        {
            return false;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            // Whether a property may be null is the business of whoever found it.
            return true;
        }

        var bare = Nullable.GetUnderlyingType(type.Type) is { } underlying ? type.Options.GetTypeInfo(underlying) : type;
        var isRight = (bare.Kind, value.ValueKind) switch
        {
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => InspectItems(bare, value, path),
            (JsonTypeInfoKind.Dictionary, JsonValueKind.Object) => InspectEntries(bare, value, path),
            (JsonTypeInfoKind.Object, JsonValueKind.Object) when !IsOpen(bare) => InspectFields(bare, value, path),
            _ => (bool?)null,
        };
        return isRight ?? (CanRead(bare, value) || Add(
            $"{Name(path)}{where} must be {expected ?? ParameterTypeNames.Describe(bare)}, but is {Show(bare, value, path)}."));
    }

    /// <summary>Formats a value for a problem.</summary>
    public string Show(JsonTypeInfo type, JsonElement value, string path) =>
        isSensitive ? "not shown here, because it may hold a secret"
        : type.Type == typeof(Uri) && PayloadText.Text(value) is { } text ? $"\"{Redaction.Url(text)}\""
        : PayloadText.Member(path[(path.LastIndexOf('.') + 1)..], value);

    private bool InspectItems(JsonTypeInfo type, JsonElement list, string path)
    {
        var item = type.Options.GetTypeInfo(type.ElementType!);
        var isRight = true;
        var index = -1;
        foreach (var value in list.EnumerateArray())
        {
            index++;
            if (NeedsNoLook(item, value))
            {
                continue;
            }

            isRight &= InspectElement(item, value, $"{path}[{index}]");
            if (problems.IsFull)
            {
                break;
            }
        }

        return isRight;
    }

    private bool InspectEntries(JsonTypeInfo type, JsonElement map, string path)
    {
        var item = type.Options.GetTypeInfo(type.ElementType!);
        var isRight = true;
        foreach (var entry in map.EnumerateObject())
        {
            if (NeedsNoLook(item, entry.Value))
            {
                continue;
            }

            isRight &= InspectElement(item, entry.Value, Join(path, isSensitive ? Redaction.Mask : PayloadText.Name(entry)));
            if (problems.IsFull)
            {
                break;
            }
        }

        return isRight;
    }

    /// <summary>A list may have a hundred thousand items, whose paths would be made for nothing.</summary>
    private bool NeedsNoLook(JsonTypeInfo type, JsonElement value) =>
        isReadable && value.ValueKind != JsonValueKind.Null && type.Kind == JsonTypeInfoKind.None && !type.Type.IsValueType;

    private bool InspectElement(JsonTypeInfo type, JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Null && !MayBeNull(type.Type)
            ? Add($"{Name(path)} must be {ParameterTypeNames.Describe(type)}, but is null. Leave it out.")
            : Inspect(type, value, path);

    private bool InspectFields(JsonTypeInfo type, JsonElement fields, string path)
    {
        var comparer = type.Options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var known = type.Properties.Where(IsSettable).ToDictionary(static property => property.Name, comparer);
        var missing = known.Values.Where(static property => property.IsRequired).ToDictionary(
            static property => property.Name, comparer);
        var isRight = true;
        foreach (var field in fields.EnumerateObject())
        {
            var name = PayloadText.Name(field);
            missing.Remove(name);
            isRight &= known.TryGetValue(name, out var property)
                ? InspectField(type.Options.GetTypeInfo(property.PropertyType), property, field.Value, Join(path, name))
                : !RefusesUnknown(type) || Add($"Unknown field '{Join(path, name)}'.{SpellingSuggester.DidYouMean(name, known.Keys)} "
                    + $"Fields: {string.Join(", ", known.Values.Select(static property => property.Name))}.");
        }

        foreach (var property in missing.Values)
        {
            isRight &= Add($"{Name(Join(path, property.Name))} is missing. "
                + $"Give {ParameterTypeNames.Describe(type.Options.GetTypeInfo(property.PropertyType))}.");
        }

        return isRight;
    }

    private bool InspectField(JsonTypeInfo type, JsonPropertyInfo property, JsonElement value, string path) =>
        property.CustomConverter is not null
        || (value.ValueKind == JsonValueKind.Null && !property.IsSetNullable
            ? Add($"{Name(path)} must be {ParameterTypeNames.Describe(type)}, but is null. "
                + (property.IsRequired ? "Give it a value." : "Leave it out to get the default."))
            : Inspect(type, value, path));

    private bool Add(string problem)
    {
        problems.Add(problem);
        return false;
    }

    private string Name(string path) => path.Length == 0 ? "It" : $"{kind} '{path}'";

    private static string Join(string path, string name) =>
        path.Length == 0 ? PayloadText.Shorten(name) : $"{path}.{PayloadText.Shorten(name)}";

    private static bool IsSettable(JsonPropertyInfo property) =>
        !property.IsExtensionData && (property.Set is not null || property.AssociatedParameter is not null);

    private static bool RefusesUnknown(JsonTypeInfo type) =>
        !type.Properties.Any(static property => property.IsExtensionData)
        && (type.UnmappedMemberHandling ?? type.Options.UnmappedMemberHandling) == JsonUnmappedMemberHandling.Disallow;

    /// <summary>The type of an object whose form is not known from the type alone.</summary>
    private static bool IsOpen(JsonTypeInfo type) => type.PolymorphismOptions is not null || type.Type == typeof(object);

    private static bool MayBeNull(Type type) =>
        Nullable.GetUnderlyingType(type) is not null || type == typeof(JsonElement) || type == typeof(object)
        || typeof(JsonNode).IsAssignableFrom(type) || type == typeof(JsonDocument);

    private bool CanRead(JsonTypeInfo type, JsonElement value) =>
        ParameterTypeNames.HasExactName(type, value) && (isReadable || TryRead(type, value, out _));

    /// <summary>Reads a value.</summary>
    public static bool TryRead(JsonTypeInfo type, JsonElement value, out object? read)
    {
        read = null;
        try
        {
            read = value.Deserialize(type);
            return true;
        }
        catch (Exception exception) when (
            exception is JsonException or FormatException or NotSupportedException or InvalidOperationException)
        {
            return false;
        }
    }
}
