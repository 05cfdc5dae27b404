using Dispatcher.Reporting.Html;

namespace Dispatcher.Reporting.Tests.Html;

public sealed class SafeTextTests
{
    [TestCase("</script><img src=x onerror='a()'>", "&lt;/script&gt;&lt;img src=x onerror=&#39;a()&#39;&gt;")]
    [TestCase("\" onload=\"&amp;", "&quot; onload=&quot;&amp;amp;")]
    [TestCase("a\nb\tc\rd", "a b c d")]
    [TestCase("\u0000\u001b[31m\u0085", "\uFFFD\uFFFD[31m\uFFFD")]
    [TestCase("\u202Egnp.exe\u2066\u200F", "\uFFFDgnp.exe\uFFFD\uFFFD")]
    [TestCase("\uFFFE\uFFFF", "\uFFFD\uFFFD")]
    [TestCase("Größe שלום 視 😀", "Größe שלום 視 😀")]
    public void Escape_TextFromAnywhere_IsTextOnAPage(string text, string expected) => Assert.That(Escape(text), Is.EqualTo(expected));

    [Test]
    public void Escape_HalfACharacter_IsReplaced()
    {
        Assert.That(Escape("a\uD83D"), Is.EqualTo("a\uFFFD"));
        Assert.That(Escape("\uDE00\uD83Db"), Is.EqualTo("\uFFFD\uFFFDb"));
    }

    private static string Escape(string text)
    {
        var output = new StringWriter();
        SafeText.Escape(output, text);
        return output.ToString();
    }
}
