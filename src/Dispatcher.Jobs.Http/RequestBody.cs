using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Dispatcher.Jobs.Http;

/// <summary>
/// The body of a request: JSON as it is in the payload; under a content type that is not JSON, a string's text as it is; for a form also an
/// object, which is encoded.
/// </summary>
internal static class RequestBody
{
    private const string Header = "Content-Type";
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Determines what is wrong with a body and the content type it is to be sent under.</summary>
    /// <returns>The problem, or <see langword="null"/>.</returns>
    public static string? Problem(JsonElement? body, IReadOnlyDictionary<string, string>? headers) => Encode(body, headers).Problem;

    /// <summary>Creates the content of a request whose body and content type go together.</summary>
    /// <returns>The content, or <see langword="null"/> without a body.</returns>
    public static ByteArrayContent? Create(JsonElement? body, IReadOnlyDictionary<string, string>? headers)
    {
        if (Encode(body, headers).Bytes is not { } bytes)
        {
            return null;
        }

        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation(Header, ContentTypeOf(headers));
        return content;
    }

    private static (byte[]? Bytes, string? Problem) Encode(JsonElement? body, IReadOnlyDictionary<string, string>? headers)
    {
        if (!MediaTypeHeaderValue.TryParse(ContentTypeOf(headers), out var type))
        {
            return (null, "Header 'Content-Type' is not a media type such as application/json or text/plain; charset=utf-8.");
        }

        if (body is not { ValueKind: not JsonValueKind.Undefined } value)
        {
            return (null, null);
        }

        if (EncodingOf(type) is not { } encoding)
        {
            return (null, "Header 'Content-Type' names a charset that is not supported. Use charset=utf-8, or leave it out.");
        }

        if (IsJson(type))
        {
            return encoding.CodePage == Encoding.UTF8.CodePage
                ? (encoding.GetBytes(value.GetRawText()), null)
                : (null, "A JSON body is sent in UTF-8: leave 'charset' out of the header 'Content-Type'.");
        }

        if (value.ValueKind == JsonValueKind.Object && Form.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return FormBody.Encode(value) is { } form
                ? (Encoding.ASCII.GetBytes(form), null)
                : (null, "Parameter 'body' is sent as a form, whose fields are strings, numbers, true and false, and lists of these. "
                         + "Write other values as strings.");
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return (null, $"Parameter 'body' is JSON ({value.ValueKind}), but the header 'Content-Type' is {type.MediaType}: "
                          + "give the body as a string, exactly as it is to be sent, or send it as application/json. "
                          + $"An object can also be sent as {Form}.");
        }

        try
        {
            return (encoding.GetBytes(value.GetString()!), null);
        }
        catch (EncoderFallbackException)
        {
            return (null, $"Parameter 'body' holds characters that {encoding.WebName}, the charset of the header 'Content-Type', "
                          + "does not have. Use charset=utf-8.");
        }
    }

    private static string ContentTypeOf(IReadOnlyDictionary<string, string>? headers) =>
        headers?.FirstOrDefault(header => header.Key.Equals(Header, StringComparison.OrdinalIgnoreCase)).Value ?? Json;

    /// <summary>Determines whether a type is JSON: <c>application/json</c>, <c>text/json</c>, or <c>…+json</c> (RFC 6839).</summary>
    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType is { } name
        && (name.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || name.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static Encoding? EncodingOf(MediaTypeHeaderValue type)
    {
        try
        {
            return type.CharSet is { Length: > 0 } charset
                ? Encoding.GetEncoding(charset.Trim('"'), EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback)
                : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
