using System.Text;
using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Tests.Text;

public sealed class PrintableTextTests
{
    /// <summary>
    /// Line breaks, terminal control, bidirectional marks, separators, invisible characters, a tag, halves of a surrogate pair.
    /// </summary>
    private static readonly string[] Unsafe =
    [
        "\n", "\r", "\t", "\0", "\u001b", "\u007f", "\u0085", "\u009b", "\u00ad", "\u061c", "\u200b", "\u200e", "\u202a", "\u202e",
        "\u2028",
        "\u2029", "\u2066", "\u2069", "\ufeff", "\U000e0041", "\ud83d", "\ude00",
    ];

    [TestCase("plain", "plain")]
    [TestCase("Grüße 😀 日本語 – “x”", "Grüße 😀 日本語 – “x”")]
    [TestCase("a\r\nb\tc", @"a\r\nb\tc")]
    [TestCase("\u001b[31mred", @"\u001b[31mred")]
    [TestCase("abc\u202exe", @"abc\u202exe")]
    [TestCase("a\u2028b", @"a\u2028b")]
    [TestCase("tag\U000e0041", @"tag\udb40\udc41")]
    public void Escape_Text_ShowsWhatCannotBePrinted(string text, string expected) =>
        Assert.That(PrintableText.Escape(text), Is.EqualTo(expected));

    // Not as a test case: an adapter would change half a pair on its way.
    [Test]
    public void Escape_HalfOfAPair_IsShown() => Assert.That(PrintableText.Escape("x\ud83dy"), Is.EqualTo(@"x\ud83dy"));

    [Property(MaxTest = 500)]
    public bool Escape_UnsafeCharactersAnywhere_NoneIsLeft(FsCheck.NonNull<string> before, byte which, FsCheck.NonNull<string> after)
    {
        var escaped = PrintableText.Escape($"{before.Get}{Unsafe[which % Unsafe.Length]}{after.Get}");

        return escaped.EnumerateRunes().All(PrintableText.IsSafe) && PrintableText.Escape(escaped) == escaped;
    }

    [Property(MaxTest = 500)]
    public bool Create_JsonWithUnsafeCharacters_IsOneSafeLineAndLosesNothing(
        FsCheck.NonNull<string> before, byte which, FsCheck.NonNull<string> after)
    {
        // A JSON text holds no half pairs.
        var text = string.Concat($"{before.Get}{Unsafe[which % Unsafe.Length]}{after.Get}".EnumerateRunes());
        var line = Encoding.UTF8.GetString(JsonLine.Create(text, static (writer, value) => writer.WriteStringValue(value)).Span);
        var property = Encoding.UTF8.GetString(JsonLine.Create(text, static (writer, value) => WriteObject(writer, value)).Span);

        return line.EnumerateRunes().All(PrintableText.IsSafe)
            && property.EnumerateRunes().All(PrintableText.IsSafe)
            && JsonDocument.Parse(line).RootElement.GetString() == text
            && JsonDocument.Parse(property).RootElement.EnumerateObject().Single().Name == text;
    }

    [Test]
    public void Create_ReadableText_StaysReadable() =>
        Assert.That(
            Encoding.UTF8.GetString(JsonLine.Create("Grüße <it's> & “x”", static (writer, value) => writer.WriteStringValue(value)).Span),
            Is.EqualTo("\"Grüße <it's> & “x”\""));

    [TestCase(0)]
    [TestCase(-1)]
    public void Truncate_ToNothing_IsRefused(int length) => Assert.That(
        () => PrintableText.Truncate("abc", length),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("maxLength"));

    [Test]
    public void Truncate_ExactlyAsLong_IsTheText() => Assert.That(PrintableText.Truncate("abc", 3), Is.SameAs("abc"));

    [Test]
    public void Escape_NothingToEscape_IsTheSameText()
    {
        var text = $"Grüße {DateTime.UnixEpoch:O}";

        Assert.That(PrintableText.Escape(text), Is.SameAs(text));
    }

    [Test]
    public void Truncate_CutInsideASurrogatePair_CutsBeforeIt() =>
        Assert.That(PrintableText.Truncate(new string('a', 79) + "😀 and more", 80), Is.EqualTo(new string('a', 79) + "…"));

    [TestCase("Grüße <it's>", "Grüße <it's>")]
    [TestCase("a\u202Eb\"c\n", "a\\u202eb\\\"c\\n")]
    public void Encode_Text_EscapesAsTheWriterDoes(string text, string expected) =>
        Assert.That(PrintableJsonEncoder.Instance.Encode(text), Is.EqualTo(expected));

    private static void WriteObject(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteNumber(name, 1);
        writer.WriteEndObject();
    }
}
