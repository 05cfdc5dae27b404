namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>The operator exists, which asks for a leaf.</summary>
public sealed class ExistsTests
{
    [TestCase("""{"e":[{"exists":true}]}""", """{"e":null}""", true)]
    [TestCase("""{"e":[{"exists":true}]}""", """{"e":""}""", true)]
    [TestCase("""{"e":[{"exists":true}]}""", """{}""", false)]
    [TestCase("""{"e":[{"exists":true}]}""", """{"e":0}""", true)]
    [TestCase("""{"e":[{"exists":true}]}""", """{"e":{"x":1}}""", false)]
    [TestCase("""{"e":[{"exists":true}]}""", """{"e":[]}""", false)]
    [TestCase("""{"e":[{"exists":true}]}""", """{"e":[1]}""", true)]
    [TestCase("""{"e":[{"exists":true}]}""", """{"e":[{"x":1}]}""", false)]
    [TestCase("""{"e":[{"exists":false}]}""", """{}""", true)]
    [TestCase("""{"e":[{"exists":false}]}""", """{"e":1}""", false)]
    [TestCase("""{"e":[{"exists":false}]}""", """{"e":null}""", false)]
    [TestCase("""{"e":[{"exists":false}]}""", """{"e":{"x":1}}""", true)]
    [TestCase("""{"e":[{"exists":false}]}""", """{"e":[]}""", true)]
    [TestCase("""{"e":[{"exists":false}]}""", """{"e":[1]}""", false)]
    [TestCase("""{"e":[{"exists":false},"none"]}""", """{"e":"none"}""", true)]
    [TestCase("""{"e":[{"exists":false},"none"]}""", """{}""", true)]
    [TestCase("""{"e":[{"exists":false},"none"]}""", """{"e":"x"}""", false)]
    [TestCase("""{"e":[{"exists":false},{"exists":true}]}""", """{}""", true)]
    [TestCase("""{"e":[{"exists":false},{"exists":true}]}""", """{"e":1}""", true)]
    [TestCase("""{"a":{"e":[{"exists":false}]}}""", """{}""", true)]
    [TestCase("""{"a":{"e":[{"exists":false}]}}""", """{"a":1}""", true)]
    [TestCase("""{"a":{"e":[{"exists":false}]}}""", """{"a":{"e":1}}""", false)]
    [TestCase("""{"a":{"e":[{"exists":true}]}}""", """{"a":{"e":1}}""", true)]
    [TestCase("""{"a":{"e":[{"exists":true}]}}""", """{"a":1}""", false)]
    [TestCase("""{"detail":{"c-count":[{"exists":false}]}}""", """{"detail":{"c-count":{"c1":100}}}""", true)]
    [TestCase("""{"detail":{"c-count":[{"exists":false}]}}""", """{"detail":{"state":["initializing","running"]}}""", true)]
    [TestCase("""{"detail":{"c-count":[{"exists":true}]}}""", """{"detail":{"c-count":5}}""", true)]
    public void Matches_Exists_AsksForALeaf(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"a":{"e":[{"exists":false}]}}""", """{"a":[{"e":1},{"x":1}]}""", false)]
    [TestCase("""{"a":{"e":[{"exists":false}]}}""", """{"a":[{"y":1},{"x":1}]}""", true)]
    [TestCase("""{"a":{"b":["x"],"e":[{"exists":false}]}}""", """{"a":[{"b":"x"},{"b":"y","e":1}]}""", true)]
    [TestCase("""{"a":{"b":["x"],"e":[{"exists":false}]}}""", """{"a":[{"b":"x","e":1},{"b":"y"}]}""", false)]
    [TestCase("""{"a":{"b":["x"],"e":[{"exists":false}]}}""", """{"a":[{"b":"x","e":1},{"b":"x"}]}""", true)]
    [TestCase("""{"a":{"z":["x"],"e":[{"exists":false}]}}""", """{"a":[{"z":"x"},{"z":"y","e":1}]}""", true)]
    [TestCase("""{"a":{"b":["x"],"e":[{"exists":false},1]}}""", """{"a":[{"b":"y","e":1},{"b":"x"}]}""", true)]
    [TestCase("""{"a":{"b":["x"],"e":[{"exists":false},1]}}""", """{"a":[{"b":"y"},{"b":"x","e":1}]}""", true)]
    [TestCase("""{"a":{"b":["x"],"e":[{"exists":false},1]}}""", """{"a":[{"b":"y"},{"b":"x","e":2}]}""", false)]
    [TestCase("""{"a":{"b":["x"]},"c":{"e":[{"exists":false}]}}""", """{"a":[{"b":"x"}],"c":[{"e":1},{}]}""", false)]
    public void Matches_ExistsInAList_AsksInTheElementOfTheOtherFields(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
