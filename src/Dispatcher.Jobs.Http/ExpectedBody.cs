using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>The rule by which the body of an answer with a success status is judged.</summary>
/// <param name="Text">A text that the body contains.</param>
/// <param name="Values">The values that the body, which is JSON, has, by JSON pointer.</param>
internal sealed record ExpectedBody(string? Text, IReadOnlyDictionary<string, JsonElement>? Values)
{
    public const int MaxTextLength = 1024;

    /// <summary>The length of a body that is judged, received and decompressed.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxShown = 5;
    private const int MaxShownText = 200;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Determines what is wrong with a text that a body is to contain.</summary>
    public static string? TextProblem(string text) =>
        text.Length is > 0 and <= MaxTextLength ? null : $"it must have from 1 to {MaxTextLength} characters.";

    /// <summary>Determines what is not as expected.</summary>
    /// <returns>Half a sentence about the body, or <see langword="null"/> if all is as expected.</returns>
    public string? Problem(AnswerText body)
    {
        if (body.Problem is { } unreadable)
        {
            return unreadable;
        }

        if (!body.IsComplete)
        {
            return $"is longer than the {MaxBytes} bytes that are judged";
        }

        List<string> problems =
        [
            .. Text is not null && !body.Text.Contains(Text, StringComparison.Ordinal)
                ? [$"does not contain '{PrintableText.Truncate(Text, MaxShownText)}' (expectedText)"]
                : Array.Empty<string>(),
            .. Values is null ? [] : Compare(body.Text, Values),
        ];
        return problems.Count switch
        {
            0 => null,
            <= MaxShown => string.Join(", and it ", problems),
            var count => $"{string.Join(", and it ", problems.Take(MaxShown))}, and {count - MaxShown} more such differences",
        };
    }

    private static List<string> Compare(string text, IReadOnlyDictionary<string, JsonElement> values)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return [.. values.Select(value => Compare(document.RootElement, value.Key, value.Value)).OfType<string>()];
        }
        catch (JsonException)
        {
            return ["is not the JSON that is expected (expectedJson)"];
        }
    }

    private static string? Compare(JsonElement json, string pointer, JsonElement expected)
    {
        var name = pointer.Length == 0 ? "the whole" : $"'{pointer}'";
        var field = pointer[(pointer.LastIndexOf('/') + 1)..];
        return JsonPointer.Find(json, pointer) is not { } found
                ? $"has nothing at {name}, where {PayloadText.Member(field, expected)} is expected (expectedJson)"
            : JsonElement.DeepEquals(found, expected) ? null
            : $"has {PayloadText.Member(field, found)} at {name}, where {PayloadText.Member(field, expected)} is expected (expectedJson)";
    }
}
