using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>
/// The rules for arguments that are JSON but that Python's <c>json</c> would refuse or alter, so that the worker could neither run
/// nor drop the task.
/// </summary>
internal static class ArgumentValidator
{
    // sys.int_info.default_max_str_digits: json.loads raises ValueError for a longer integer.
    private const int MaxDigits = 4300;

    /// <summary>Returns everything that is wrong with a task's arguments.</summary>
    public static IEnumerable<string> Validate(CeleryTask task, string path) =>
    [
        .. (task.Args ?? []).SelectMany((value, index) => Validate(value, $"{path}args[{index}]")),
        .. (task.Kwargs ?? new Dictionary<string, JsonElement>())
            .SelectMany(pair => Validate(pair.Value, $"{path}kwargs.{Redaction.Value(pair.Key)}")),
        .. (task.Headers ?? new Dictionary<string, JsonElement>())
            .SelectMany(pair => Validate(pair.Value, $"{path}headers.{Redaction.Value(pair.Key)}")),
    ];

    private static IEnumerable<string> Validate(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Validate(item, $"{path}[{index}]")),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Read(() => property.Name) is { } name
            ? Validate(property.Value, $"{path}.{Redaction.Value(name)}")
            : Validate(property.Value, $"{path}.?").Prepend(HalfCharacter(path))),
        JsonValueKind.String when Read(value.GetString) is null => [HalfCharacter(path)],
        JsonValueKind.Number => ValidateNumber(value, path),
        _ => [],
    };

    /// <summary>Reads a text.</summary>
    /// <returns>The text, or <see langword="null"/> if it is not valid Unicode.</returns>
    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string HalfCharacter(string path) =>
        $"Argument '{path}' holds half of a surrogate pair, which is not text. Give whole characters.";

    private static IEnumerable<string> ValidateNumber(JsonElement value, string path)
    {
        var text = value.GetRawText();
        if (!PythonLiteral.IsInteger(text))
        {
            return double.IsFinite(value.GetDouble())
                ? []
                : [$"Argument '{path}' is {PrintableText.Truncate(text, 40)}, which becomes infinity in Python. Give it as a string."];
        }

        return text.Length <= MaxDigits
            ? []
            : [$"Argument '{path}' is an integer of {text.Length} digits; Python reads at most {MaxDigits}. Give it as a string."];
    }
}
