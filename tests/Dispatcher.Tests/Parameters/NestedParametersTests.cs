using System.Text.Json;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tests.Parameters;

/// <summary>Each place of a list, a map or an object that has the wrong form is named, and all of them at once.</summary>
public sealed class NestedParametersTests
{
    private readonly JobParameters<NestedParameters> _parameters = new(NestedParametersJsonContext.Default.NestedParameters);

    [TestCase("""{"words":["a",null]}""", "Parameter 'words[1]' must be a string, but is null. Leave it out.")]
    [TestCase(
        """{"items":[null]}""", "Parameter 'items[0]' must be an object with the fields name, note, tags, but is null. Leave it out.")]
    [TestCase("""{"items":[{"name":null}]}""", "Parameter 'items[0].name' must be a string, but is null. Give it a value.")]
    [TestCase(
        """{"items":[{"name":"a","tags":null}]}""",
        "Parameter 'items[0].tags' must be a list, each item a string, but is null. Leave it out to get the default.")]
    [TestCase("""{"items":[{"name":"a","tags":[null]}]}""", "Parameter 'items[0].tags[0]' must be a string, but is null. Leave it out.")]
    [TestCase("""{"environment":{"A":null}}""", "Parameter 'environment.A' must be a string, but is null. Leave it out.")]
    [TestCase("""{"lists":{"a":null}}""", "Parameter 'lists.a' must be a list, each item a string, but is null. Leave it out.")]
    [TestCase("""{"lists":{"a":["b",null]}}""", "Parameter 'lists.a[1]' must be a string, but is null. Leave it out.")]
    [TestCase("""{"headers":{"X-Key":null}}""", "Parameter 'headers.***' must be a string, but is null. Leave it out.")]
    public void Bind_NullInside_NamesThePlaceAndTheRemedy(string payload, string problem) =>
        Assert.That(Problems(payload), Is.EqualTo(new[] { problem }));

    [TestCase("""{"matrix":[[1,null]]}""", "Parameter 'matrix[0][1]' must be ")]
    [TestCase("""{"days":["monday",null]}""", "Parameter 'days[1]' must be one of ")]
    public void Bind_NullOfAValueType_NamesThePlace(string payload, string problem) =>
        Assert.That(Problems(payload).Single(), Does.StartWith(problem).And.EndsWith("but is null. Leave it out."));

    [TestCase("""{"gaps":[1,null]}""")]
    [TestCase("""{"args":[null]}""")]
    [TestCase("""{"kwargs":{"a":null}}""")]
    [TestCase("""{"items":[{"name":"a","note":null}]}""")]
    [TestCase("""{"words":null}""")]
    public void Bind_NullThatMayBe_IsAccepted(string payload) => Assert.That(Problems(payload), Is.Empty);

    [TestCase("""{"words":["a",5]}""", "Parameter 'words[1]' must be a string, but is 5.")]
    [TestCase("""{"items":[5]}""", "Parameter 'items[0]' must be an object with the fields name, note, tags, but is 5.")]
    [TestCase("""{"items":[{}]}""", "Parameter 'items[0].name' is missing. Give a string.")]
    [TestCase(
        """{"items":[{"name":"a","nots":1}]}""", "Unknown field 'items[0].nots'. Did you mean 'note'? Fields: name, note, tags.")]
    [TestCase("""{"lists":{"a":"b"}}""", "Parameter 'lists.a' must be a list, each item a string, but is \"b\".")]
    [TestCase("""{"environment":{"API_TOKEN":5}}""", "Parameter 'environment.API_TOKEN' must be a string, but is ***.")]
    [TestCase("""{"headers":{"X-Key":5}}""", "Parameter 'headers.***' must be a string, but is not shown here, because it may hold a secret.")]
    public void Bind_WrongInside_NamesThePlace(string payload, string problem) =>
        Assert.That(Problems(payload), Is.EqualTo(new[] { problem }));

    [Test]
    public void Bind_WrongNameOfAnEnumerationInside_NamesThePlace() =>
        Assert.That(Problems("""{"days":["monday","Tuesday"]}""").Single(), Does.StartWith("Parameter 'days[1]' must be one of "));

    [Test]
    public void Bind_SeveralPlaces_NamesAll() => Assert.That(
        Problems("""{"words":[null,5],"items":[{"name":"a","tags":[1]},null]}"""),
        Has.Count.EqualTo(4));

    [Test]
    public void Bind_AHundredThousandNulls_KeepsTheMessageSmall() => Assert.That(
        Problems($$"""{"words":[{{string.Join(',', Enumerable.Repeat("null", 100_000))}}]}"""), Has.Count.LessThanOrEqualTo(21));

    [TestCase("""{"least":20,"unknown":1}""", "Unknown parameter 'unknown'", "Parameter 'least' is above 'most'.")]
    [TestCase("""{"least":20,"words":[null]}""", "Parameter 'words[0]'", "Parameter 'least' is above 'most'.")]
    [TestCase("""{"least":20,"table":"T!"}""", "Parameter 'table'", "Parameter 'least' is above 'most'.")]
    [TestCase("""{"least":20,"table":5}""", "Parameter 'table'", "Parameter 'least' is above 'most'.")]
    public void Bind_WrongBesideAWrongCombination_ReportsBoth(string payload, params string[] problems)
    {
        var found = Problems(payload);

        Assert.That(found, Has.Count.EqualTo(problems.Length));
        Assert.That(found.Zip(problems, static (actual, expected) => actual.StartsWith(expected, StringComparison.Ordinal)), Is.All.True);
    }

    [Test]
    public void Bind_RequiredIsMissing_ReportsTheRest() => Assert.That(
        Bind("""{"least":20}"""), Has.Count.EqualTo(2).And.One.StartsWith("Parameter 'table' is missing").And.One.Contains("above 'most'"));

    [TestCase("""{"least":"20"}""", TestName = "the combination is about the wrong parameter")]
    [TestCase("""{"leats":20}""", TestName = "the combination is about the parameter that was meant")]
    [TestCase("""{"least":7,"unknown":1}""", TestName = "the problem does not say what it is about")]
    public void Bind_CombinationThatMayFollowFromTheWrongOne_IsNotReported(string payload) =>
        Assert.That(Problems(payload), Has.Count.EqualTo(1));

    private ProblemList Problems(string payload) =>
        Bind(payload.Contains("\"table\"", StringComparison.Ordinal) ? payload : $"{{\"table\":\"t\",{payload[1..]}");

    private ProblemList Bind(string payload)
    {
        ProblemList problems = [];
        _parameters.Bind("job", JsonElement.Parse(payload), new ConfigurationBuilder().Build(), problems);
        return problems;
    }
}
