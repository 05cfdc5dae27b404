using Dispatcher.Text;

namespace Dispatcher.Tests.Text;

/// <summary>Shows JSON that holds what nobody should see.</summary>
public sealed class RedactedJsonTests
{
    [TestCase("""{"job":"a","parameters":{"n":1,"list":["ä"],"none":null}}""")]
    [TestCase("""{"job":"a","scheduledTime":"<time>"}""")]
    [TestCase("""{"job":"a","id":<id>}""")]
    public void Mask_NoSecret_IsAsItIs(string input) => Assert.That(RedactedJson.Mask(input), Is.EqualTo(input));

    [TestCase("""{"url":"https://me:s3cret@example.com/x"}""")]
    [TestCase("""{"url":"https://example.com/x?token=s3cret"}""")]
    [TestCase("""{"headers":{"Authorization":"Bearer s3cret"}}""")]
    [TestCase("""{"body":{"password":"s3cret"}}""")]
    [TestCase("""{"url":"https://me:s3cret@example.com/","id":<id>}""")]
    [TestCase("""{"command":["backup","--token","s3cret"]}""")]
    [TestCase("""{"environment":[{"name":"API_TOKEN","value":"s3cret"}]}""")]
    [TestCase("""{"tokens":["s3cret"]}""")]
    [TestCase("""{"commands":["backup --password s3cret"]}""")]
    public void Mask_Secret_IsNotShown(string input) =>
        Assert.That(RedactedJson.Mask(input), Does.Not.Contain("s3cret").And.Contain("***"));

    [Test]
    public void Mask_NumberOfAName_IsNotShown() => Assert.That(
        RedactedJson.Mask("""{"pin":1,"password":1234}"""), Is.EqualTo("""{"pin":1,"password":"***"}"""));

    [TestCase("""{"name":"API_TOKEN","type":"text","value":"s3cret"}""", """{"name":"API_TOKEN","type":"text","value":"***"}""")]
    [TestCase("""{"name":"SIZE","value":"5"}""", """{"name":"SIZE","value":"5"}""")]
    [TestCase("""{"note":"see https://me:s3cret@example.com/x"}""", """{"note":"see https://***@example.com/x"}""")]
    public void Mask_PartOfAnObject_KeepsTheRest(string input, string masked) => Assert.That(RedactedJson.Mask(input), Is.EqualTo(masked));
}
