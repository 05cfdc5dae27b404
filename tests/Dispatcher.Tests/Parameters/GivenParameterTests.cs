using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tests.Parameters;

/// <summary>The parameters of a request, as they are shown and compared.</summary>
public sealed partial class GivenParameterTests
{
    private readonly JobParameters<NotifyParameters> _parameters = new(GivenParameterJsonContext.Default.NotifyParameters);

    [Test]
    public void Resolve_PayloadAndConfiguration_ShowsWhereEachIsFrom() => Assert.That(
        Resolve("""{"days":3,"token":"abc","hook":"https://example.com/x?sig=abc","deep":{"a":1}}""", ("DAYS", "9"), ("TEXT", "hello"))
            .Select(static given => (given.Name, given.ConfigurationKey, given.Shown)),
        Is.EqualTo(new[]
        {
            ("days", null, "3"),
            ("text", "TEXT", "hello"),
            ("token", null, "***"),
            ("hook", null, "https://example.com/x?sig=***"),
            ("deep", (string?)null, """{"a":1}"""),
        }));

    /// <summary>A URL is shown only if all of it is known to be harmless.</summary>
    [TestCase("/x?sig=abc", "***")]
    [TestCase("https://example.com/x?sig=abc", "https://example.com/x?sig=***")]
    public void Resolve_Url_IsShownWithoutItsSecrets(string url, string expected) =>
        Assert.That(Resolve($$"""{"hook":"{{url}}"}""").Single().Shown, Is.EqualTo(expected));

    [TestCase("""{"days":3,"text":"a"}""", """{"text":"a","days":3}""", true)]
    [TestCase("""{"deep":{"a":1,"b":2}}""", """{"deep":{ "b":2, "a":1 }}""", true)]
    [TestCase("""{"days":3}""", """{"days":4}""", false)]
    [TestCase("""{"text":"3"}""", """{"note":"3"}""", false)]
    [TestCase("""{"text":"a"}""", """{"text":"a","note":""}""", false)]
    [TestCase("""{"text":"abc","token":"x"}""", """{"text":"abc","token":"y"}""", false)]
    [TestCase("{}", """{"days":0}""", false)]
    public void Digest_TwoRequests_IsEqualIfTheirParametersAre(string left, string right, bool expected) =>
        Assert.That(GivenParameter.Digest(Resolve(left)) == GivenParameter.Digest(Resolve(right)), Is.EqualTo(expected));

    /// <summary>The digest is in the history of earlier versions: a new version must not change it.</summary>
    [Test]
    public void Digest_KnownParameters_IsThatOfEveryVersion() => Assert.That(
        GivenParameter.Digest(Resolve("""{"text":"a","days":3}""")), Is.EqualTo("22659158244a9c81c7bd7a738932a1f4"));

    [Test]
    public void Digest_SetInTheConfiguration_IsThatOfThePayload() => Assert.That(
        GivenParameter.Digest(Resolve("{}", ("DAYS", "3"))), Is.EqualTo(GivenParameter.Digest(Resolve("""{"days":3}"""))));

    [Test]
    public void Bind_SensitiveValueIsWrong_IsNotShown()
    {
        ProblemList problems = [];

        _parameters.Bind("notify", JsonElement.Parse("""{"token":["abc"]}"""), new ConfigurationBuilder().Build(), problems);

        Assert.That(problems, Is.EqualTo(new[]
        {
            "Parameter 'token' must be a string, but is not shown here, because it may hold a secret.",
            "Parameter 'channel' is missing. Give {\"parameters\":{\"channel\":…}}, a string.",
        }));
    }

    [Test]
    public void Bind_UnknownParameter_NamesAllOfThem()
    {
        ProblemList problems = [];

        _parameters.Bind("notify", JsonElement.Parse("""{"channel":"a","day":3}"""), new ConfigurationBuilder().Build(), problems);

        Assert.That(problems, Is.EqualTo(new[]
        {
            "Unknown parameter 'day' of job 'notify'. Did you mean 'days'? Parameters: channel, days, text, note, token, hook, deep, "
                + "level, size, time.",
        }));
    }

    [TestCase("level", "one of low, high")]
    [TestCase("size", "a whole number from 5")]
    [TestCase("time", "a time of day such as \"03:00:00\"")]
    [TestCase("channel", "a string")]
    public void Expected_Parameter_SaysWhatIsValid(string name, string expected) =>
        Assert.That(_parameters.All.Single(parameter => parameter.Name == name).Expected, Is.EqualTo(expected));

    [TestCase("false", "false")]
    [TestCase("FALSE", "false")]
    [TestCase("true", "true")]
    public void FromText_Boolean_IsReadInAnySpelling(string text, string expected) =>
        Assert.That(_parameters.FromText("days", text)!.ToJsonString(), Is.EqualTo(expected));

    private IReadOnlyList<GivenParameter> Resolve(string payload, params (string Name, string Value)[] settings) => _parameters.Resolve(
        JsonElement.Parse(payload),
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(static setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());

    internal sealed record NotifyParameters
    {
        public required string Channel { get; init; }

        [FromConfiguration("DAYS")]
        public int Days { get; set; }

        [FromConfiguration("TEXT")]
        public string? Text { get; set; }

        public string? Note { get; set; }

        [Sensitive]
        public string? Token { get; set; }

        public Uri? Hook { get; set; }

        public JsonElement Deep { get; set; }

        [System.ComponentModel.DataAnnotations.RegularExpression("^(low|high)$")]
        public string Level { get; set; } = "low";

        [System.ComponentModel.DataAnnotations.Range(5, int.MaxValue)]
        public int Size { get; set; } = 5;

        public TimeOnly? Time { get; set; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GivenParameterTests.NotifyParameters))]
internal sealed partial class GivenParameterJsonContext : JsonSerializerContext;
