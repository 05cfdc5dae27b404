using System.Text.Json.Nodes;
using Dispatcher.Deployment.Generation;

namespace Dispatcher.Deployment.Tests.Generation;

public sealed class TemplateComparisonTests
{
    [TestCase("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [TestCase("""{"a":[1,{"b":null}]}""", """{"a":[1,{"b":null}]}""")]
    public void Compare_SameContent_FindsNothing(string file, string generated) =>
        Assert.That(TemplateComparison.Compare(JsonNode.Parse(file), JsonNode.Parse(generated)), Is.Empty);

    [TestCase("""{"a":{"b":1}}""", """{"a":{"b":2}}""", "a.b", "1", "2")]
    [TestCase("""{"a":{}}""", """{"a":{"b":"x"}}""", "a.b", null, "\"x\"")]
    [TestCase("""{"a":{"b":"x"}}""", """{"a":{}}""", "a.b", "\"x\"", null)]
    [TestCase("""{"a":[1,2]}""", """{"a":[1,3]}""", "a[1]", "2", "3")]
    [TestCase("""{"a":[1]}""", """{"a":[1,3]}""", "a", "[1]", "[1,3]")]
    [TestCase("""{"a":"1"}""", """{"a":1}""", "a", "\"1\"", "1")]
    [TestCase("""{"a":{"b":1}}""", """{"a":[1]}""", "a", """{"b":1}""", "[1]")]
    public void Compare_OneDifference_NamesPathAndValues(string file, string generated, string path, string? left, string? right) =>
        Assert.That(
            TemplateComparison.Compare(JsonNode.Parse(file), JsonNode.Parse(generated)),
            Is.EqualTo(new[] { new TemplateDifference(path, left, right) }));
}
