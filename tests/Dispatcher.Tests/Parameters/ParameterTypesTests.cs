using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace Dispatcher.Tests.Parameters;

/// <summary>The words for each type of parameter, and how each is read from a text and checked.</summary>
public sealed partial class ParameterTypesTests
{
    private readonly JobParameters<TypedParameters> _parameters = new(ParameterTypesJsonContext.Default.TypedParameters);

    [TestCase("int32", "a whole number from -2147483648 to 2147483647")]
    [TestCase("int64", "a whole number")]
    [TestCase("int16", "a whole number")]
    [TestCase("byte", "a whole number")]
    [TestCase("uInt32", "a whole number from 0")]
    [TestCase("uInt64", "a whole number from 0")]
    [TestCase("uInt16", "a whole number from 0")]
    [TestCase("single", "a number")]
    [TestCase("double", "a number")]
    [TestCase("decimal", "a number")]
    [TestCase("boolean", "true or false")]
    [TestCase("text", "a string")]
    [TestCase("url", "a URL")]
    [TestCase("date", "a date such as \"2026-11-22\"")]
    [TestCase("time", "a time of day such as \"03:00:00\"")]
    [TestCase("moment", "a time such as \"2026-11-22T03:00:00Z\"")]
    [TestCase("bareMoment", "a time such as \"2026-11-22T03:00:00Z\"")]
    [TestCase("duration", "a duration such as \"00:05:00\"")]
    [TestCase("id", "a UUID such as \"0f8fad5b-d9cb-469f-a165-70867728950e\"")]
    [TestCase("list", "a list, each item a whole number from -2147483648 to 2147483647")]
    [TestCase("map", "an object, each value a whole number from -2147483648 to 2147483647")]
    [TestCase("anything", "any JSON value")]
    [TestCase("point", "an object with the fields x, y")]
    [TestCase("own", "a size such as 5 MB")]
    [TestCase("color", "one of red, green")]
    [TestCase("colorOrNone", "one of red, green")]
    [TestCase("percent", "a number from 0.5 to 99.5")]
    [TestCase("least", "a whole number from 5")]
    [TestCase("between", "a whole number from 5 to 7")]
    [TestCase("choice", "one of low, mid, high")]
    [TestCase("pattern", "lower-case letters")]
    [TestCase("oddPattern", "a string")]
    public void Expected_Type_HasItsWords(string name, string expected) =>
        Assert.That(_parameters.All.Single(parameter => parameter.Name == name).Expected, Is.EqualTo(expected));

    [TestCase("text", "5", "\"5\"")]
    [TestCase("url", "5", "\"5\"")]
    [TestCase("date", "5", "\"5\"")]
    [TestCase("time", "5", "\"5\"")]
    [TestCase("moment", "5", "\"5\"")]
    [TestCase("bareMoment", "5", "\"5\"")]
    [TestCase("duration", "5", "\"5\"")]
    [TestCase("id", "5", "\"5\"")]
    [TestCase("color", "5", "\"5\"")]
    [TestCase("colorOrNone", "5", "\"5\"")]
    [TestCase("int32OrNone", "5", "5")]
    [TestCase("boolean", "False", "false")]
    [TestCase("list", "[1]", "[1]")]
    public void FromText_Type_DecidesWhetherItIsAText(string name, string text, string expected) =>
        Assert.That(_parameters.FromText(name, text)!.ToJsonString(), Is.EqualTo(expected));

    [TestCase("""{"colors":["red","green"]}""", true)]
    [TestCase("""{"colors":["red","GREEN"]}""", false)]
    [TestCase("""{"colorMap":{"a":"red","b":"green"}}""", true)]
    [TestCase("""{"colorMap":{"a":"red","b":"Green"}}""", false)]
    [TestCase("""{"colorOrNone":null}""", true)]
    [TestCase("""{"colorOrNone":"Red"}""", false)]
    [TestCase("""{"colorOrNone":"red"}""", true)]
    [TestCase("""{"colors":null}""", true)]
    public void Bind_NamesOfAnEnumeration_AreExact(string payload, bool isValid)
    {
        ProblemList problems = [];

        _parameters.Bind("job", JsonElement.Parse(payload), new ConfigurationBuilder().Build(), problems);

        Assert.That(problems, Has.Count.EqualTo(isValid ? 0 : 1));
    }

    [TestCase("""{"least":4}""", "Parameter 'least' is 4: it must be from 5 to 2147483647.")]
    [TestCase("""{"named":"x"}""", "Parameter 'named' is \"x\": named is too short.")]
    [TestCase("""{"list":5}""", "Parameter 'list' must be a list, each item a whole number from -2147483648 to 2147483647, but is 5.")]
    public void Bind_BeyondALimit_SaysWhich(string payload, string problem)
    {
        ProblemList problems = [];

        _parameters.Bind("job", JsonElement.Parse(payload), new ConfigurationBuilder().Build(), problems);

        Assert.That(problems, Is.EqualTo(new[] { problem }));
    }

    [TestCase("percent", """{"type":"number","minimum":0.5,"maximum":99.5,"default":1}""")]
    [TestCase("unbounded", """{"type":"number","minimum":0,"default":0}""")]
    [TestCase("colorOrNone", """{"enum":["red","green",null]}""")]
    [TestCase("anything", "{}")]
    public void CreateSchema_Parameter_HasItsBounds(string name, string expected)
    {
        var actual = _parameters.CreateSchema()["properties"]![name];

        Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), Is.True, actual?.ToJsonString());
    }

    [Test]
    public void CreateSchema_Object_HasItsTypeAndNothingElse()
    {
        var schema = _parameters.CreateSchema();

        Assert.That((string?)schema["type"], Is.EqualTo("object"));
        Assert.That((bool?)schema["additionalProperties"], Is.False);
        Assert.That(schema["required"]!.AsArray(), Is.Empty);
        Assert.That(
            schema.Select(static member => member.Key), Is.EqualTo(new[] { "type", "properties", "required", "additionalProperties" }));
    }

    [Test]
    public void Get_NoJobIsRegistered_SaysSo() => Assert.That(
        new JobRegistry([]).DescribeMissing("cleanup"), Is.EqualTo("No job named 'cleanup' is registered. Registered: none."));

    [Test]
    public void Jobs_OfARegistry_CannotBeChanged()
    {
        var jobs = (ICollection<JobDescriptor>)new JobRegistry([]).Jobs;

        Assert.That(jobs.IsReadOnly && jobs is not JobDescriptor[], Is.True);
    }

    internal enum Color
    {
        Red,
        Green,
    }

    internal sealed record Point(int X, int Y);

    [Description("a size such as 5 MB")]
    internal sealed record Size
    {
        public int Value { get; set; }
    }

    internal sealed class LongEnoughAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
            value is string { Length: > 3 }
                ? ValidationResult.Success
                : new ValidationResult($"{validationContext.MemberName} is too short.");
    }

    internal sealed record TypedParameters
    {
        public int Int32 { get; set; }

        public int? Int32OrNone { get; set; }

        public long Int64 { get; set; }

        public short Int16 { get; set; }

        public byte Byte { get; set; }

        public uint UInt32 { get; set; }

        public ulong UInt64 { get; set; }

        public ushort UInt16 { get; set; }

        public float Single { get; set; }

        public double Double { get; set; }

        public decimal Decimal { get; set; }

        public bool Boolean { get; set; }

        public string? Text { get; set; }

        public Uri? Url { get; set; }

        public DateOnly? Date { get; set; }

        public TimeOnly? Time { get; set; }

        public DateTimeOffset? Moment { get; set; }

        public DateTime? BareMoment { get; set; }

        public TimeSpan? Duration { get; set; }

        public Guid? Id { get; set; }

        public int[]? List { get; set; }

        public Dictionary<string, int>? Map { get; set; }

        public Point? Point { get; set; }

        public Size? Own { get; set; }

        public Color Color { get; set; }

        public Color? ColorOrNone { get; set; }

        public Color[]? Colors { get; set; }

        public Dictionary<string, Color>? ColorMap { get; set; }

        [Range(0.5, 99.5)]
        public double Percent { get; set; } = 1;

        [Range(0.0, double.MaxValue)]
        public double Unbounded { get; set; }


        [Range(5, int.MaxValue)]
        public int Least { get; set; } = 5;

        [Range(5, 7)]
        public int Between { get; set; } = 5;

        [RegularExpression("^(low|mid|high)$")]
        public string Choice { get; set; } = "low";

        [RegularExpression("^[a-z]+$", ErrorMessage = "it must be lower-case letters.")]
        public string Pattern { get; set; } = "a";

        [RegularExpression("^[a-z]+$")]
        public string OddPattern { get; set; } = "a";

        [LongEnough]
        public string Named { get; set; } = "name";

        public JsonElement Anything { get; set; }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCaseEnumConverter<ParameterTypesTests.Color>)])]
[JsonSerializable(typeof(ParameterTypesTests.TypedParameters))]
internal sealed partial class ParameterTypesJsonContext : JsonSerializerContext;
