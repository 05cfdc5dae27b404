using System.Globalization;
using System.Text.Json;

namespace Dispatcher.Jobs.Http;

/// <summary>JSON pointers (RFC 6901): <c>/jobs/0/status</c>, with <c>~1</c> for a slash and <c>~0</c> for a tilde in a name.</summary>
internal static class JsonPointer
{
    private const int MaxLength = 256;

    /// <summary>Determines whether a text is a pointer. The empty text points to the whole document.</summary>
    public static bool IsValid(string text) => text.Length == 0 || (text[0] == '/' && text.Length <= MaxLength && HasValidEscapes(text));

    /// <summary>Finds the value that a pointer points to.</summary>
    /// <returns>The value, or <see langword="null"/> if the document does not have it.</returns>
    public static JsonElement? Find(JsonElement document, string pointer)
    {
        var value = document;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            if (Step(value, part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)) is not { } next)
            {
                return null;
            }

            value = next;
        }

        return value;
    }

    private static bool HasValidEscapes(string text)
    {
        for (var at = text.IndexOf('~', StringComparison.Ordinal); at >= 0; at = text.IndexOf('~', at + 1))
        {
            if (at + 1 == text.Length || text[at + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonElement? Step(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty(name, out var field) => field,
        JsonValueKind.Array when IsIndex(name, out var index) && index < value.GetArrayLength() => value[index],
        _ => null,
    };

    private static bool IsIndex(string name, out int index) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (name == "0" || name[0] != '0');
}
