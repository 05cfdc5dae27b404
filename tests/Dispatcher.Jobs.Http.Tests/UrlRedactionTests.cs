using Dispatcher.Text;

namespace Dispatcher.Jobs.Http.Tests;

public sealed class UrlRedactionTests
{
    [TestCase("https://example.com/run/", "https://example.com/run/")]
    [TestCase("https://example.com:8443/run?year=2026&token=a%20b", "https://example.com:8443/run?year=***&token=***")]
    [TestCase("https://example.com/?key", "https://example.com/?***")]
    [TestCase("https://user:pass@example.com/a%20b", "https://example.com/a%20b")]
    [TestCase("https://example.com/#token", "https://example.com/")]
    public void Url_AnyUrl_ShowsNoValueOfItsQueryAndNoUser(string url, string expected) =>
        Assert.That(Redaction.Url(new Uri(url)), Is.EqualTo(expected));

    [Test]
    public void Url_RelativeUrl_ShowsNothing() => Assert.That(Redaction.Url(new Uri("run?key=x", UriKind.Relative)), Is.EqualTo("***"));

    [Test]
    public void SecretsOf_Query_TakesItsLongValuesAsTheyAreRead() =>
        Assert.That(
            HttpCall.SecretsOf(new Uri("https://example.com/?year=2026&token=long%20secret&bare-secret")),
            Is.EqualTo(new[] { "long secret", "bare-secret" }));
}
