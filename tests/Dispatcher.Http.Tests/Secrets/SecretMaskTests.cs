using Dispatcher.Http.Secrets;

namespace Dispatcher.Http.Tests.Secrets;

public sealed class SecretMaskTests
{
    private const string Secret = "s3cr3t/\"<&+ é";

    [TestCase("s3cr3t/\"<&+ é")]
    [TestCase("s3cr3t/\\\"<&+ é")]
    [TestCase("s3cr3t/\\u0022\\u003C\\u0026\\u002B \\u00E9")]
    [TestCase("s3cr3t%2F%22%3C%26%2B%20%C3%A9")]
    [TestCase("s3cr3t%2F%22%3C%26%2B+%C3%A9")]
    [TestCase("czNjcjN0LyI8Jisgw6k=")]
    public void Apply_EveryForm_IsBlottedOut(string form) =>
        Assert.That(SecretMask.For(Secret).Apply($"a {form} b {form}"), Does.Match(@"^a \*+ b \*+$"));

    [TestCase(@"s3cr3t\/\""<&+ é", TestName = "Apply_PhpsJson_IsMasked")]
    [TestCase("s3cr3t/&#34;&lt;&amp;&#43; é", TestName = "Apply_GosHtml_IsMasked")]
    [TestCase("s3cr3t&#x2f;&quot;&lt;&amp;+ é", TestName = "Apply_PythonsHtml_IsMasked")]
    [TestCase("s3cr3t%2f%22%3c%26%2b%20%c3%a9", TestName = "Apply_LowerCaseHexadecimals_AreMasked")]
    [TestCase("s3cr3t%252F%2522%253C%2526%252B%2520%25C3%25A9", TestName = "Apply_EncodedTwice_IsMasked")]
    [TestCase("S3CR3T/\"<&+ É", TestName = "Apply_UpperCase_IsMasked")]
    public void Apply_OtherSpelling_IsMasked(string form) =>
        Assert.That(SecretMask.For(Secret).Apply(form), Is.EqualTo(new string('*', form.Length)));

    [TestCase("aladdin:")]
    [TestCase("user:")]
    [TestCase("me:")]
    public void Apply_BasicAuthentication_ShowsNoPartOfTheSecret(string user)
    {
        const string Long = "open-sesame-open-sesame";
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(user + Long));

        var masked = SecretMask.For(Long).Apply($"Basic {encoded} {encoded.Replace('+', '-').Replace('/', '_')}");

        Assert.That(masked, Does.Match(@"^Basic \S{0,13}\*{24,}\S{0,4} \S{0,13}\*{24,}\S{0,4}$"));
    }

    [Test]
    public void Apply_PieceOfTheSecret_IsMasked() =>
        Assert.That(
            SecretMask.For("open-sesame-2026").Apply("Unknown key open-sesa... or ...ame-2026"),
            Is.EqualTo("Unknown key *********... or ...********"));

    [Test]
    public void Apply_AnyText_KeepsTheLength() =>
        Assert.That(
            SecretMask.For(Secret).Apply($"before {Secret} after"),
            Does.Match(@"^before \*+ after$").And.Length.EqualTo($"before {Secret} after".Length));
}
