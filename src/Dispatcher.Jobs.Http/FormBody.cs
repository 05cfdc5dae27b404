using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>The encoding of an object as a form (<c>application/x-www-form-urlencoded</c>).</summary>
internal static class FormBody
{
    /// <summary>Encodes an object. A list repeats its field, and a value that is null is left out.</summary>
    /// <returns>The form, or <see langword="null"/> if a form cannot hold a value.</returns>
    public static string? Encode(JsonElement body)
    {
        var fields = new List<string>();
        foreach (var field in body.EnumerateObject())
        {
            var name = Escape(PayloadText.Name(field));
            var isEncoded = field.Value.ValueKind == JsonValueKind.Array
                ? field.Value.EnumerateArray().All(value => TryAdd(fields, name, value))
                : TryAdd(fields, name, field.Value);
            if (!isEncoded)
            {
                return null;
            }
        }

        return string.Join('&', fields);
    }

    private static bool TryAdd(List<string> fields, string name, JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? value.GetRawText()
            : PayloadText.Text(value);
        if (text is not null)
        {
            fields.Add($"{name}={Escape(text)}");
        }

        return text is not null || value.ValueKind == JsonValueKind.Null;
    }

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
