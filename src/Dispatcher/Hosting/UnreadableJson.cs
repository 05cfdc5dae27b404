using System.Text;
using System.Text.Json;

namespace Dispatcher.Hosting;

/// <summary>
/// Functions that describe why a text is not valid JSON, and at which place. The messages of .NET are about readers and tokens, and count
/// from 0.
/// </summary>
public static class UnreadableJson
{
    private const int DefaultDepth = 64;

    /// <summary>Describes the first problem of a text that .NET's reader has refused.</summary>
    /// <param name="json">Text in UTF-8, also with a byte order mark.</param>
    /// <param name="maxDepth">How many levels deep the text may be nested.</param>
    /// <returns>
    /// The continuation of "it is not JSON:", without a full stop: <c>unexpected '}' at line 1, column 5</c>, with lines and columns
    /// from 1.
    /// </returns>
    public static string Explain(ReadOnlySpan<byte> json, int maxDepth = DefaultDepth) =>
        Explain(json, new JsonDocumentOptions { MaxDepth = maxDepth });

    /// <summary>Describes the first problem of a text that .NET's reader has refused.</summary>
    /// <param name="json">Text in UTF-8, also with a byte order mark.</param>
    /// <param name="options">The options with which it was read.</param>
    /// <returns>What <see cref="Explain(ReadOnlySpan{byte}, int)"/> returns.</returns>
    public static string Explain(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        var mark = Encoding.UTF8.Preamble;
        json = json.StartsWith(mark) ? json[mark.Length..] : json;
        var maxDepth = options.MaxDepth > 0 ? options.MaxDepth : DefaultDepth;

        // As a block that is not the last one: a text that was cut off is then no error, and can be told from a wrong one.
        var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions
        {
            MaxDepth = maxDepth + 1,
            CommentHandling = options.CommentHandling,
            AllowTrailingCommas = options.AllowTrailingCommas,
        }));
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= maxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return $"it is nested more than {maxDepth} levels deep";
                }
            }
        }
        catch (JsonException exception)
        {
            var offset = OffsetOf(json, exception);
            return offset < json.Length ? $"unexpected {Name(json[offset..])} at {Place(json, offset)}" : DescribeEnd(json);
        }

        return DescribeEnd(json);
    }

    /// <summary>Describes the first problem of a payload.</summary>
    /// <param name="json">Text in UTF-8 without a byte order mark.</param>
    /// <param name="maxDepth">How many levels deep the text may be nested.</param>
    /// <returns>What is wrong and what to do.</returns>
    internal static string Describe(ReadOnlySpan<byte> json, int maxDepth)
    {
        var problem = Explain(json, maxDepth);
        return problem.StartsWith("it is nested", StringComparison.Ordinal)
                ? $"The payload {problem["it ".Length..]}. Flatten it: {{\"job\":\"NAME\",\"parameters\":{{…}}}}."
            : problem.StartsWith("it ends", StringComparison.Ordinal)
                ? $"The payload is not JSON that can be read: {problem}. Send all of it: {{\"job\":\"NAME\"}}."
            : $"The payload is not JSON that can be read: {problem}. Send {{\"job\":\"NAME\"}}.";
    }

    private static string DescribeEnd(ReadOnlySpan<byte> json) =>
        $"it ends at {Place(json, json.Length)}, before its value is complete";

    private static int OffsetOf(ReadOnlySpan<byte> json, JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(json.Length, start + (exception.BytePositionInLine ?? 0));
    }

    private static string Name(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var rune, out _);
        return rune.Value is > ' ' and <= '~' ? $"'{rune}'" : $"U+{rune.Value:X4}";
    }

    private static string Place(ReadOnlySpan<byte> json, int offset)
    {
        var before = json[..offset];
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return $"line {before.Count((byte)'\n') + 1}, column {column}";
    }
}
