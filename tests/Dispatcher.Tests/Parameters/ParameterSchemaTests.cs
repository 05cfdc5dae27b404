using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Parameters;

public sealed class ParameterSchemaTests
{
    private readonly JsonObject _schema = new JobParameters<SampleParameters>(SampleJsonContext.Default.SampleParameters).CreateSchema();

    [TestCase("table", """{"type":"string","description":"The table.","x-environment":"TABLE_NAME","pattern":"^[a-z.]{1,20}$"}""")]
    [TestCase("batchSize", """{"type":"integer","x-environment":"BATCH_SIZE","minimum":1,"maximum":1000,"default":100}""")]
    [TestCase("mode", """{"enum":["report","deleteAll"],"x-environment":"MODE","default":"report"}""")]
    [TestCase("ratio", """{"type":"number","minimum":0,"default":0.5}""")]
    [TestCase("pause", """{"$comment":"Represents a System.TimeSpan value.","type":"string","pattern":"^-?(\\d+\\.)?\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,7})?$","default":"00:05:00"}""")]
    [TestCase("names", """{"type":"array","items":{"type":"string"},"x-environment":"NAMES","maxItems":3,"default":[]}""")]
    public void Create_Parameter_SaysTypeLimitsAndDefault(string name, string expected)
    {
        var actual = _schema["properties"]![name];

        Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), Is.True, actual?.ToJsonString());
    }

    [Test]
    public void Create_RequiredThatTheEnvironmentCanFillIn_IsNotRequiredOfAPayload() =>
        Assert.That(_schema["required"]!.AsArray(), Is.Empty);

    [Test]
    public void Create_Record_AllowsNothingElse()
    {
        Assert.That((bool)_schema["additionalProperties"]!, Is.False);
        Assert.That(_schema["properties"]!.AsObject(), Has.Count.EqualTo(17));
    }
}
