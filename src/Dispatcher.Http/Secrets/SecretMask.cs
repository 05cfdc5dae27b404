using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dispatcher.Http.Secrets;

/// <summary>
/// The mask of secrets in what an endpoint answers: as they are, in every spelling of JSON, URLs and HTML, in base64 (also as a part of a
/// longer text, as in Basic authentication), and pieces of them.
/// </summary>
public sealed class SecretMask
{
    /// <summary>The length from which a piece is masked: shorter ones occur by chance.</summary>
    private const int PieceLength = 8;

    /// <summary>The most characters that one can become: <c>\u005C</c>, <c>%255C</c>, <c>&amp;quot;</c>, base64 in a URL.</summary>
    private const int MaxSpelling = 12;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private readonly Regex? _spellings;
    private readonly HashSet<string> _pieces = new(StringComparer.OrdinalIgnoreCase);

    private SecretMask(IEnumerable<string> secrets)
    {
        var whole = secrets.SelectMany(secret => Base64Of(secret).Prepend(secret)).Where(text => text.Length > 0)
            .OrderByDescending(text => text.Length).ToList();
        _spellings = whole.Count == 0 ? null : new Regex(string.Join('|', whole.Select(PatternOf)), Options);
        LongestForm = whole.Count == 0 ? 0 : whole[0].Length * MaxSpelling;
        foreach (var text in whole)
        {
            for (var start = 0; start + PieceLength <= text.Length; start++)
            {
                _pieces.Add(Normalize(text.Substring(start, PieceLength)));
            }
        }
    }

    /// <summary>Gets the length of the longest spelling: read so much more than is shown, or the head of a cut secret stays.</summary>
    public int LongestForm { get; }

    /// <summary>Creates the mask of a request's secrets.</summary>
    /// <param name="secrets">The secrets; empty ones are ignored.</param>
    /// <returns>The mask.</returns>
    public static SecretMask For(params IEnumerable<string> secrets) => new(secrets);

    /// <summary>Masks the secrets in a text. Their length stays, so that nothing moves.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with '*' for each character of a secret.</returns>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        if (_spellings is null)
        {
            return text;
        }

        var masked = _spellings.Replace(text, static match => new string('*', match.Length)).ToCharArray();
        var normalized = Normalize(text);
        var pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start + PieceLength <= normalized.Length; start++)
        {
            if (pieces.Contains(normalized.AsSpan(start, PieceLength)))
            {
                masked.AsSpan(start, PieceLength).Fill('*');
            }
        }

        return new string(masked);
    }

    /// <summary>Turns the alphabet of base64 for URLs into the other one.</summary>
    private static string Normalize(string text) => text.Replace('-', '+').Replace('_', '/');

    /// <summary>
    /// Encodes a secret in base64, alone and behind 0, 1 and 2 other bytes, without the characters that depend on its neighbours.
    /// </summary>
    private static IEnumerable<string> Base64Of(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return Convert.ToBase64String(bytes);
        for (var offset = 0; offset < 3; offset++)
        {
            var encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            var start = offset == 0 ? 0 : offset + 1;
            var end = encoded.Length - ((bytes.Length + offset) % 3) switch { 0 => 0, 1 => 3, _ => 2 };
            if (end - start >= PieceLength)
            {
                yield return encoded[start..end];
            }
        }
    }

    private static string PatternOf(string text)
    {
        var pattern = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            pattern.Append("(?:").AppendJoin('|', SpellingsOf(rune).Select(Regex.Escape)).Append(')');
        }

        return pattern.ToString();
    }

    private static string[] SpellingsOf(Rune rune)
    {
        var character = rune.ToString();
        if (char.IsAsciiLetterOrDigit(character[0]))
        {
            return [character];
        }

        var percent = string.Concat(Encoding.UTF8.GetBytes(character).Select(unit => $"%{unit:X2}"));
        string[] common =
        [
            percent,
            percent.Replace("%", "%25", StringComparison.Ordinal),
            string.Concat(character.Select(unit => $@"\u{(int)unit:X4}")),
            $"&#{rune.Value.ToString(CultureInfo.InvariantCulture)};",
            $"&#x{rune.Value:X};",
            $@"\{character}",
            character,
        ];
        return character switch
        {
            " " => [.. common, "+"],
            "\"" => [.. common, "&quot;"],
            "'" => [.. common, "&apos;"],
            "<" => [.. common, "&lt;"],
            ">" => [.. common, "&gt;"],
            "&" => [.. common, "&amp;"],
            "+" => [.. common, "-"],
            "/" => [.. common, "_"],
            _ => common,
        };
    }
}
