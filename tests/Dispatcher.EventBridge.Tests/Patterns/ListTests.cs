namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>Lists in the event: any value may match, and fields match within the same element.</summary>
public sealed class ListTests
{
    private const string Employees = """
        {"employees":[{"firstName":"John","lastName":"Doe"},{"firstName":"Anna","lastName":"Smith"},
         {"firstName":"Peter","lastName":"Jones"}]}
        """;

    private const string EmployeesInLists = """
        {"employees":[[{"firstName":"John","lastName":"Doe"},{"firstName":"Anna","lastName":"Smith"}],
         [{"firstName":"Peter","lastName":"Jones"}]]}
        """;

    [TestCase(
        """{"resources":["arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f","arn:2"]}""",
        """{"resources":["arn:aws:autoscaling:us-east-1:1:x","arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f"]}""",
        true)]
    [TestCase(
        """{"resources":["arn:2","arn:3"]}""",
        """{"resources":["arn:aws:autoscaling:us-east-1:1:x","arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f"]}""",
        false)]
    [TestCase("""{"a":["x"]}""", """{"a":["y","x"]}""", true)]
    [TestCase("""{"a":["x"]}""", """{"a":[["y"],["x"]]}""", true)]
    [TestCase("""{"a":["x"]}""", """{"a":[]}""", false)]
    [TestCase("""{"a":["x"]}""", """{"a":[{"b":"x"}]}""", false)]
    [TestCase("""{"a":[2]}""", """{"a":[1,2]}""", true)]
    [TestCase("""{"a":["x","y"]}""", """{"a":["z","y"]}""", true)]
    [TestCase("""{"a":["x"],"b":["y"]}""", """{"a":["x","z"],"b":["z","y"]}""", true)]
    [TestCase("""{"a":["x"],"b":["y"]}""", """{"a":["x","z"],"b":["z"]}""", false)]
    [TestCase("""{"a":["x"]}""", """{"a":["z",{"b":1},["x"]]}""", true)]
    public void Matches_ListOfValues_NeedsOneOfThem(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"employees":{"firstName":["Anna"]}}""", Employees, true)]
    [TestCase("""{"employees":{"firstName":["Anna"],"lastName":["Smith"]}}""", Employees, true)]
    [TestCase("""{"employees":{"firstName":["Anna"],"lastName":["Jones"]}}""", Employees, false)]
    [TestCase("""{"employees":{"firstName":["Anna"]}}""", EmployeesInLists, true)]
    [TestCase("""{"employees":{"firstName":["Anna"],"lastName":["Smith"]}}""", EmployeesInLists, true)]
    [TestCase("""{"employees":{"firstName":["Anna"],"lastName":["Doe"]}}""", EmployeesInLists, false)]
    [TestCase("""{"employees":{"firstName":["Anna"],"lastName":["Jones"]}}""", EmployeesInLists, false)]
    [TestCase("""{"a":{"b":["x"],"c":[1]}}""", """{"a":[{"b":"x","c":2},{"b":"x","c":1}]}""", true)]
    [TestCase("""{"a":{"b":["x"],"c":[1]}}""", """{"a":[{"b":"x","c":2},{"b":"y","c":1}]}""", false)]
    [TestCase("""{"a":{"b":["x"],"c":[1]}}""", """{"a":{"b":["y","x"],"c":[2,1]}}""", true)]
    [TestCase("""{"a":{"b":["x"]},"c":{"b":["y"]}}""", """{"a":[{"b":"x"}],"c":[{"b":"z"},{"b":"y"}]}""", true)]
    [TestCase("""{"a":{"b":["x"]},"d":["z"]}""", """{"a":[{"b":"y"},{"b":"x"}],"d":"z"}""", true)]
    [TestCase("""{"a":{"b":["x"]},"d":["z"]}""", """{"a":[{"b":"y"},{"b":"x"}],"d":"y"}""", false)]
    [TestCase("""{"a":{"b":{"c":["x"],"d":["y"]}}}""", """{"a":[{"b":[{"c":"x"},{"d":"y"}]}]}""", false)]
    [TestCase("""{"a":{"b":{"c":["x"],"d":["y"]}}}""", """{"a":[{"b":[{"c":"x","d":"y"}]}]}""", true)]
    [TestCase("""{"a":{"b":{"c":["x"]},"e":["y"]}}""", """{"a":[{"b":[{"c":"z"},{"c":"x"}],"e":"y"}]}""", true)]
    [TestCase("""{"a":{"b":{"c":["x"]},"e":["y"]}}""", """{"a":[{"b":[{"c":"x"}],"e":"n"},{"b":[],"e":"y"}]}""", false)]
    [TestCase("""{"a":{"b":{"c":["x"]},"e":{"f":["y"]}}}""", """{"a":[{"b":[{"c":"n"},{"c":"x"}],"e":[{"f":"n"},{"f":"y"}]}]}""", true)]
    [TestCase(
        """{"a":{"b":{"c":["x"]},"e":{"f":["y"]}}}""",
        """{"a":[{"b":[{"c":"x"}],"e":[{"f":"n"}]},{"b":[{"c":"n"}],"e":[{"f":"y"}]}]}""",
        false)]
    [TestCase("""{"a":{"b":["x"],"c":["y"]}}""", """{"a":[{"b":"x"},"plain",{"b":"x","c":"y"}]}""", true)]
    [TestCase("""{"a":["plain"]}""", """{"a":[{"b":"x"},"plain"]}""", true)]
    [TestCase("""{"a":{"b":["x"]}}""", """{"a":"x"}""", false)]
    [TestCase("""{"a":{"b":["x"]}}""", """{"a":[["x"]]}""", false)]
    [TestCase("""{"a":{"b":["x"]}}""", """{"a":null}""", false)]
    public void Matches_FieldsOfAList_MatchInTheSameElement(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase("""{"a":{"b":["x"],"c":["y"]}}""", """{"a":[{"b":"x"},{"b":"n"}],"a.c":"y"}""", true)]
    [TestCase("""{"a":{"b":{"c":["x"],"d":["y"]}}}""", """{"a":{"b":[{"c":"x"}]},"a.b":[{"d":"y"}]}""", true)]
    [TestCase("""{"a":{"b":{"c":["x"],"d":["y"]}}}""", """{"a":{"b":[{"c":"x","d":"n"},{"d":"y"}]},"a.b":[{"c":"n"}]}""", false)]
    [TestCase("""{"a":{"b":{"c":["x"],"d":["y"]}}}""", """{"a":{"b":[{"c":"x","d":"n"},{"d":"y"}]},"a.b":[{"c":"x"}]}""", true)]
    [TestCase("""{"a":{"b":{"c":["x"],"d":[{"exists":false}]}}}""", """{"a":{"b":[{"c":"x"},{"d":1}]},"a.b":[{"d":1}]}""", false)]
    public void Matches_NamesWithDotsInTheEvent_ChooseAmongSeveralLists(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
