using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dispatcher.Hosting;

namespace Dispatcher.Tests.Parameters;

/// <summary>Compares JSON that is not a payload, such as a fixture or a row, with the contract of its type.</summary>
public sealed class JsonContractTests
{
    [TestCase("""{"name":"a"}""")]
    [TestCase("""{"name":"a","size":5,"shape":{"kind":"circle","radius":1},"any":{"x":[null]},"more":{"whatever":1}}""")]
    public void FindProblems_RightForm_FindsNone(string json) => Assert.That(Find(json), Is.Empty);

    [TestCase("null", "It must be an object with the fields name, size, shape, any, more, twice.")]
    [TestCase("5", "It must be an object with the fields name, size, shape, any, more, twice, but is 5.")]
    [TestCase("{}", "Setting 'name' is missing. Give a string.")]
    [TestCase("""{"name":5}""", "Setting 'name' must be a string, but is 5.")]
    [TestCase("""{"name":"a","twice":2}""", "Unknown field 'twice'. Fields: name, size, shape, any, more.")]
    [TestCase("""{"name":"a","more":{"known":"x"}}""", "Setting 'more.known' must be a whole number from -2147483648 to 2147483647, "
        + "but is \"x\".")]
    public void FindProblems_WrongForm_NamesThePlace(string json, string problem) =>
        Assert.That(Find(json), Is.EqualTo(new[] { problem }));

    [Test]
    public void FindProblems_NamesIgnoreCase_IsAsTheContractSays()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find("""{"NAME":"a"}""", static options => options.PropertyNameCaseInsensitive = true), Is.Empty);
            Assert.That(Find("""{"NAME":"a"}"""), Is.EqualTo(new[]
            {
                "Unknown field 'NAME'. Did you mean 'name'? Fields: name, size, shape, any, more.",
                "Setting 'name' is missing. Give a string.",
            }));
        }
    }

    [Test]
    public void FindProblems_UnknownField_IsRefusedAsTypeAndOptionsSay()
    {
        const string json = """{"name":"a","sizes":5}""";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Find(json), Is.EqualTo(new[] { "Unknown field 'sizes'. Did you mean 'size'? Fields: name, size, shape, any, more." }));
            Assert.That(Find(json, static options => options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip), Is.Empty);
            Assert.That(Find<Strict>("""{"other":1}"""), Is.EqualTo(new[] { "Unknown field 'other'. Fields: name." }));
            Assert.That(
                Find<Strict>("""{"other":1}""", static options => options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip),
                Has.Count.EqualTo(1),
                "the type overrides the options");
        }
    }

    [Test]
    public void FindProblems_ManyPlaces_StopsAtTwenty()
    {
        var names = string.Join(',', Enumerable.Repeat("5", 50));

        var problems = Find<string[]>($"[{names}]");

        Assert.That(problems, Has.Count.AtMost(21));
        Assert.That(problems[19], Is.EqualTo("Setting '[19]' must be a string, but is 5."));
    }

    private static IReadOnlyList<string> Find(string json, Action<JsonSerializerOptions>? configure = null) =>
        Find<Settings>(json, configure);

    private static IReadOnlyList<string> Find<T>(string json, Action<JsonSerializerOptions>? configure = null)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        configure?.Invoke(options);
        return JsonContract.FindProblems((JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)), JsonElement.Parse(json), "Setting");
    }

    private sealed class Settings
    {
        public required string Name { get; init; }

        public int Size { get; init; }

        public Shape? Shape { get; init; }

        public object? Any { get; init; }

        public Open? More { get; init; }

        /// <summary>A property without a setter, which JSON cannot set.</summary>
        public int Twice => Size * 2;
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Circle), "circle")]
    private abstract class Shape;

    private sealed class Circle : Shape
    {
        public int Radius { get; init; }
    }

    private sealed class Open
    {
        public int Known { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; init; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed class Strict
    {
        public string? Name { get; init; }
    }
}
