using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Tests.Parameters;

public sealed class LimitedParametersTests
{
    private readonly JobParameters<LimitedParameters> _parameters = new(SampleJsonContext.Default.LimitedParameters);

    [TestCase("code", """{"type":"string","minLength":2,"maxLength":8,"default":"ab"}""")]
    [TestCase("name", """{"type":"string","minLength":3,"maxLength":9,"default":"abc"}""")]
    [TestCase("numbers", """{"type":"array","items":{"type":"integer"},"minItems":1,"default":[1]}""")]
    public void CreateSchema_Limit_IsInTheSchema(string name, string expected)
    {
        var actual = _parameters.CreateSchema()["properties"]![name];

        Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), Is.True, actual?.ToJsonString());
    }

    [TestCase("""{"pattern":"aaaa"}""", "Parameter 'pattern' is \"aaaa\": it takes too long to check. Send a shorter value.")]
    [TestCase("""{"numbers":[]}""", "Parameter 'numbers' is []: ")]
    [TestCase("""{"code":"abc"}""", "The parameters code, name do not go together.")]
    [TestCase("""{"code":{"a":1,"a":2}}""", "Parameter 'code' has the field 'a' twice. Give it once.")]
    [TestCase("""{"numbers":[{"b":[{"a":1,"a":2}]}]}""", "Parameter 'numbers' has the field 'a' twice. Give it once.")]
    public void Bind_LimitIsViolated_IsAProblem(string payload, string problem)
    {
        ProblemList problems = [];

        _parameters.Bind("job", JsonElement.Parse(payload), new ConfigurationBuilder().Build(), problems);

        Assert.That(problems, Has.Count.EqualTo(1).And.One.StartsWith(problem));
    }

    [Test]
    public void Bind_JobWithoutParameters_StopsAtTheMostProblems()
    {
        ProblemList problems = [];
        var fields = string.Join(',', Enumerable.Range(0, 50).Select(static index => $"\"x{index}\":1"));
        var payload = JsonElement.Parse($$"""{ {{fields}} }""");

        JobParameters.None.Bind("job", payload, new ConfigurationBuilder().Build(), problems);

        Assert.That(problems, Has.Count.EqualTo(20).And.All.EndsWith(": job 'job' takes no parameters."));
    }

    [Test]
    public void FromText_JobWithoutParameters_IsTheText() =>
        Assert.That(JobParameters.None.FromText("x", "5")!.ToJsonString(), Is.EqualTo("\"5\""));

    [Test]
    public void Expected_ParameterOfAnyJson_SaysSo() => Assert.That(
        new JobParameters<SampleParameters>(SampleJsonContext.Default.SampleParameters).All
            .Single(static parameter => parameter.Name == "anything").Expected,
        Is.EqualTo("any JSON value"));
}
