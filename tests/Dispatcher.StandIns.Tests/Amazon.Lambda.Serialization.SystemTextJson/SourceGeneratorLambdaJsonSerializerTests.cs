using System.Text;
using System.Text.Json;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Dispatcher.StandIns.Tests.Serialization;

public sealed class SourceGeneratorLambdaJsonSerializerTests
{
    private readonly SourceGeneratorLambdaJsonSerializer<SampleContext> _serializer = new();

    [TestCase("""{"job":"daily-uptime"}""")]
    [TestCase("""{"JOB":"daily-uptime"}""")]
    public void Deserialize_NameInAnyCase_FillsTheProperty(string json) => Assert.That(Read(json).Job, Is.EqualTo("daily-uptime"));

    [TestCase("\"2026-11-01T02:03:04Z\"")]
    [TestCase("1793498584")]
    [TestCase("1793498584000")]
    public void Deserialize_DateInAnyForm_IsTheSameInstant(string date) =>
        Assert.That(Read($$"""{"Time":{{date}}}""").Time, Is.EqualTo(new DateTime(2026, 11, 1, 2, 3, 4, DateTimeKind.Utc)));

    [Test]
    public void Deserialize_Base64_FillsTheStream() =>
        Assert.That(Read("""{"Payload":"aGk="}""").Payload!.ToArray(), Is.EqualTo("hi"u8.ToArray()));

    [TestCase("\"AQI=\"")]
    [TestCase("[1,2]")]
    public void Deserialize_BytesInAnyForm_AreTheSame(string bytes) =>
        Assert.That(Read($$"""{"Bytes":{{bytes}}}""").Bytes, Is.EqualTo(new byte[] { 1, 2 }));

    [Test]
    public void Serialize_NullMember_IsLeftOut() => Assert.That(Write(new SampleEvent { Job = "a" }), Is.EqualTo("""{"Job":"a"}"""));

    [Test]
    public void Serialize_TextWithQuotesAndUmlauts_EscapesOnlyWhatItMust() =>
        Assert.That(Write(new SampleEvent { Job = "für 'x' & \"y\"" }), Is.EqualTo("""{"Job":"für 'x' & \"y\""}"""));

    [Test]
    public void Constructor_Customizer_ChangesTheOptions()
    {
        var serializer = new SourceGeneratorLambdaJsonSerializer<SampleContext>(
            options => options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase);

        Assert.That(Write(new SampleEvent { Job = "a" }, serializer), Is.EqualTo("""{"job":"a"}"""));
    }

    [Test]
    public void Deserialize_BrokenJson_NamesTheType() =>
        Assert.That(() => Read("{"), Throws.TypeOf<JsonSerializerException>().With.Message.Contains(nameof(SampleEvent)));

    [Test]
    public void Serialize_TypeOutsideTheContext_NamesIt()
    {
        using var stream = new MemoryStream();

        Assert.That(
            () => _serializer.Serialize(new Version(1, 2), stream),
            Throws.TypeOf<JsonSerializerException>().With.Message.Contains("System.Version"));
    }

    private SampleEvent Read(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return _serializer.Deserialize<SampleEvent>(stream);
    }

    private string Write(SampleEvent value, SourceGeneratorLambdaJsonSerializer<SampleContext>? serializer = null)
    {
        using var stream = new MemoryStream();
        (serializer ?? _serializer).Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
