using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>
/// Finds arguments that are JSON and that Python's <c>json</c> would nevertheless refuse or bend: the worker could neither run nor drop the task.
/// </summary>
internal static class ArgumentCheck
{
    // sys.int_info.default_max_str_digits: json.loads raises ValueError for a longer integer.
    private const int MaxDigits = 4300;

    public static void Check(CeleryTask task, string where, ICollection<string> problems)
    {
        for (var index = 0; index < task.Args?.Count; index++)
        {
            Check(task.Args[index], $"{where}args[{index}]", problems);
        }

        foreach (var (name, value) in task.Kwargs ?? new Dictionary<string, JsonElement>())
        {
            Check(value, $"{where}kwargs.{Redaction.Value(name)}", problems);
        }
    }

    private static void Check(JsonElement value, string path, ICollection<string> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(item, $"{path}[{index++}]", problems);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Check(property.Value, $"{path}.{(TryRead(() => property.Name, path, problems) ? Redaction.Value(property.Name) : "?")}", problems);
                }

                break;
            case JsonValueKind.String:
                TryRead(value.GetString, path, problems);
                break;
            case JsonValueKind.Number:
                CheckNumber(value, path, problems);
                break;
        }
    }

    private static bool TryRead(Func<string?> read, string path, ICollection<string> problems)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidOperationException)
        {
            problems.Add($"Argument '{path}' holds half of a surrogate pair, which is no text. Give whole characters.");
            return false;
        }
    }

    private static void CheckNumber(JsonElement value, string path, ICollection<string> problems)
    {
        var text = value.GetRawText();
        if (PythonLiteral.IsInteger(text))
        {
            if (text.Length > MaxDigits)
            {
                problems.Add($"Argument '{path}' is an integer of {text.Length} digits; Python reads at most {MaxDigits}. Give it as a string.");
            }
        }
        else if (!double.IsFinite(value.GetDouble()))
        {
            problems.Add($"Argument '{path}' is {(text.Length > 40 ? text[..40] + "…" : text)}, which becomes infinity in Python. Give it as a string.");
        }
    }
}
