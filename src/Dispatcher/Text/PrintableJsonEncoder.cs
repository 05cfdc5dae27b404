using System.Text;
using System.Text.Encodings.Web;

namespace Dispatcher.Text;

/// <summary>
/// The encoder of all JSON that a person or a log reads. It escapes what JSON demands and what <see cref="PrintableText"/> escapes, so that
/// a parser gets every character back and a reader is not misled; everything else stays readable. Not for JSON inside HTML.
/// </summary>
public sealed unsafe class PrintableJsonEncoder : JavaScriptEncoder
{
    private PrintableJsonEncoder()
    {
    }

    /// <summary>Gets the encoder.</summary>
    public static PrintableJsonEncoder Instance { get; } = new();

    /// <inheritdoc />
    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc />
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var first = UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncode(text, textLength);
        var safe = new ReadOnlySpan<char>(text, first < 0 ? textLength : first);
        for (var index = 0; index < safe.Length; index++)
        {
            // The relaxed encoder escapes every surrogate pair by itself, so that only single characters are left here.
            if (safe[index] > '\u007F' && Rune.TryCreate(safe[index], out var rune) && !PrintableText.IsSafe(rune))
            {
                return index;
            }
        }

        return first;
    }

    /// <inheritdoc />
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (UnsafeRelaxedJsonEscaping.WillEncode(unicodeScalar) || !WillEncode(unicodeScalar))
        {
            return UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        }

        var written = new Span<char>(buffer, bufferLength).TryWrite($@"\u{unicodeScalar:x4}", out numberOfCharactersWritten);
        return written;
    }

    /// <inheritdoc />
    public override bool WillEncode(int unicodeScalar) =>
        UnsafeRelaxedJsonEscaping.WillEncode(unicodeScalar) || !PrintableText.IsSafe(new Rune(unicodeScalar));
}
