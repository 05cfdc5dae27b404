
namespace Dispatcher.Jobs.Http.Tests;

public sealed class PrintedUrlTests
{
    [TestCase("https://example.com/run/", "https://example.com/run/")]
    [TestCase("https://example.com:8443/run?year=2026&token=a%20b", "https://example.com:8443/run?year=***&token=***")]
    [TestCase("https://example.com/?key", "https://example.com/?***")]
    [TestCase("https://user:pass@example.com/a%20b", "https://example.com/a%20b")]
    [TestCase("https://example.com/#token", "https://example.com/")]
    public void Of_AnyUrl_ShowsNoValueOfItsQueryAndNoUser(string url, string expected) =>
        Assert.That(PrintedUrl.Of(new Uri(url)), Is.EqualTo(expected));

    [Test]
    public void Of_RelativeUrl_ShowsNothing() => Assert.That(PrintedUrl.Of(new Uri("run?key=x", UriKind.Relative)), Is.EqualTo("***"));

    [Test]
    public void SecretsOf_Query_TakesItsLongValuesAsTheyAreRead() =>
        Assert.That(
            PrintedUrl.SecretsOf(new Uri("https://example.com/?year=2026&token=long%20secret&bare-secret")),
            Is.EqualTo(new[] { "long secret", "bare-secret" }));
}
