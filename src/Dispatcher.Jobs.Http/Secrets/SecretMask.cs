using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dispatcher.Jobs.Http.Secrets;

/// <summary>
/// Blots secrets out of what an endpoint answers: as they are, and in the forms in which they would be echoed in JSON, a URL, HTML or base64.
/// </summary>
internal sealed class SecretMask
{
    private readonly byte[][] _forms;

    private SecretMask(byte[][] forms) => _forms = forms;

    /// <summary>Gets how many bytes the longest form has: so much more than is shown has to be read, or its head stays.</summary>
    public int LongestForm => _forms.Length == 0 ? 0 : _forms[0].Length;

    /// <summary>Makes the mask of a request's secrets.</summary>
    public static SecretMask For(params IEnumerable<string> secrets) => new([
        .. secrets.SelectMany(FormsOf).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length).Select(Encoding.UTF8.GetBytes),
    ]);

    /// <summary>Blots the secrets out. Their length stays, so that nothing moves.</summary>
    public void Apply(Span<byte> text)
    {
        foreach (var form in _forms)
        {
            for (var rest = text; rest.IndexOf(form) is >= 0 and var index; rest = rest[(index + form.Length)..])
            {
                rest.Slice(index, form.Length).Fill((byte)'*');
            }
        }
    }

    /// <summary>Blots the secrets out of a text.</summary>
    public string Apply(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Apply(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static string[] FormsOf(string secret) =>
    [
        secret,
        JsonEncodedText.Encode(secret).Value,
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        Uri.EscapeDataString(secret),
        WebUtility.UrlEncode(secret),
        WebUtility.HtmlEncode(secret),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
    ];
}
