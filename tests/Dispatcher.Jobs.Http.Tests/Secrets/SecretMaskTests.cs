using System.Text;
using Dispatcher.Jobs.Http.Secrets;

namespace Dispatcher.Jobs.Http.Tests.Secrets;

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

    [Test]
    public void Apply_Bytes_KeepsTheLength()
    {
        var text = Encoding.UTF8.GetBytes($"before {Secret} after");
        var length = text.Length;

        SecretMask.For(Secret).Apply(text);

        Assert.That(text, Has.Length.EqualTo(length));
        Assert.That(Encoding.UTF8.GetString(text), Does.Match(@"^before \*+ after$"));
    }
}
