namespace Dispatcher.Tests;

public sealed class FixedValuesTests
{
    private readonly FixedValues _values = new("HttpEndpoints:daily");

    [TestCase("configured", null, "configured")]
    [TestCase(null, "given", "given")]
    [TestCase(null, null, null)]
    public void Pick_OneSourceGivesTheValue_IsTheValue(string? configured, string? given, string? expected)
    {
        Assert.That(_values.Pick("url", configured, given), Is.EqualTo(expected));
        Assert.That(_values.Problem, Is.Null);
    }

    [Test]
    public void Pick_BothGiveTheValue_RefusesThatOfThePayload()
    {
        Assert.That(_values.Pick("url", "configured", "given"), Is.EqualTo("configured"));
        Assert.That(_values.Problem, Is.EqualTo(
            "'url': fixed by HttpEndpoints:daily, and a payload cannot replace that. "
            + "Leave it out of the payload, or change the configuration."));
    }

    [TestCase("configured", null, "configured", null)]
    [TestCase("configured", "given", "configured", "'secret'")]
    [TestCase(null, "given", null, "'secret'")]
    [TestCase(null, null, null, null)]
    public void Keep_ValueOfThePayload_IsRefusedEvenIfNoneIsConfigured(string? configured, string? given, string? expected, string? refused)
    {
        Assert.That(_values.Keep("secret", configured, given), Is.EqualTo(expected));
        Assert.That(_values.Problem?.Split(':')[0], Is.EqualTo(refused));
    }

    [Test]
    public void Join_NeitherGivesValues_IsNull() => Assert.That(_values.Join("tags.", null, null, StringComparer.Ordinal), Is.Null);

    [Test]
    public void Join_OneSourceGivesValues_HasThem()
    {
        var owner = new Dictionary<string, string> { ["owner"] = "a" };

        Assert.That(_values.Join("tags.", owner, null, StringComparer.Ordinal), Is.EqualTo(owner));
        Assert.That(_values.Join("tags.", null, owner, StringComparer.Ordinal), Is.EqualTo(owner));
        Assert.That(_values.Problem, Is.Null);
    }

    [Test]
    public void Join_PayloadRepeatsANameInAnotherCase_IsRefusedByTheComparer()
    {
        var configured = new Dictionary<string, string> { ["Accept"] = "text/plain" };
        var given = new Dictionary<string, string> { ["accept"] = "*/*", ["X-Week"] = "47" };

        var joined = _values.Join("headers.", configured, given, StringComparer.OrdinalIgnoreCase);

        Assert.That(joined, Is.EqualTo(new Dictionary<string, string> { ["Accept"] = "text/plain", ["X-Week"] = "47" }));
        Assert.That(_values.Problem, Does.StartWith("'headers.accept': fixed by"));
    }

    [Test]
    public void Problem_SeveralValuesAreRefused_NamesAll()
    {
        _values.Pick<int?>("cpu", 1, 2);
        _values.Keep("secret", "a", "b");

        Assert.That(_values.Problem, Does.StartWith("'cpu', 'secret': fixed by"));
    }
}
