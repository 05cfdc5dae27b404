namespace Dispatcher.EventBridge.Tests.Patterns;

/// <summary>The alternatives of fields, $or, and fields of that name.</summary>
public sealed class OrTests
{
    private const string OneOr = """
        {"source":["aws.cloudwatch"],"$or":[{"metricName":["CPUUtilization","ReadLatency"]},{"namespace":["AWS/EC2","AWS/ES"]}]}
        """;

    private const string TwoOrs = """
        {"$or":[{"metricName":["CPUUtilization"]},{"namespace":["AWS/ES"]}],"detail":{"$or":[{"source":["s"]},{"detail-type":["t"]}]}}
        """;

    private const string OrInOr = """
        {"source":["s"],"$or":[{"metricName":["m"]},{"metricType":["t"],"namespace":["n"],
         "$or":[{"metricId":[1234]},{"spaceId":[1000]}]},{"scope":["S"]}]}
        """;

    private const string NumericOr = """
        {"detail":{"$or":[{"c-count":[{"numeric":[">",0,"<=",5]}]},{"d-count":[{"numeric":["<",10]}]},
         {"x-limit":[{"numeric":["=",3.018e2]}]}]}}
        """;

    [TestCase(OneOr, """{"source":"aws.cloudwatch","metricName":"ReadLatency"}""", true)]
    [TestCase(OneOr, """{"source":"aws.cloudwatch","namespace":"AWS/ES"}""", true)]
    [TestCase(OneOr, """{"source":"aws.cloudwatch","namespace":"AWS/S3"}""", false)]
    [TestCase(OneOr, """{"metricName":"ReadLatency"}""", false)]
    [TestCase(OneOr, """{"source":"aws.cloudwatch","metricName":"ReadLatency","namespace":"AWS/ES"}""", true)]
    [TestCase(TwoOrs, """{"metricName":"CPUUtilization","detail":{"source":"s"}}""", true)]
    [TestCase(TwoOrs, """{"namespace":"AWS/ES","detail":{"detail-type":"t"}}""", true)]
    [TestCase(TwoOrs, """{"metricName":"CPUUtilization","detail":{}}""", false)]
    [TestCase(TwoOrs, """{"detail":{"source":"s"}}""", false)]
    [TestCase(OrInOr, """{"source":"s","metricName":"m"}""", true)]
    [TestCase(OrInOr, """{"source":"s","metricType":"t","namespace":"n","spaceId":1000}""", true)]
    [TestCase(OrInOr, """{"source":"s","metricType":"t","namespace":"n"}""", false)]
    [TestCase(OrInOr, """{"source":"s","metricType":"t","metricId":1234}""", false)]
    [TestCase(OrInOr, """{"source":"s","scope":"S"}""", true)]
    [TestCase(OrInOr, """{"scope":"S"}""", false)]
    [TestCase(NumericOr, """{"detail":{"c-count":5}}""", true)]
    [TestCase(NumericOr, """{"detail":{"d-count":9}}""", true)]
    [TestCase(NumericOr, """{"detail":{"x-limit":301.8}}""", true)]
    [TestCase(NumericOr, """{"detail":{"c-count":6,"d-count":10,"x-limit":1}}""", false)]
    [TestCase("""{"$or":[{"Location":["New York"]},{"Day":["Monday"]}]}""", """{"Location":"Oslo","Day":"Monday"}""", true)]
    [TestCase("""{"$or":[{"a":["1"]},{"a":["2"]}]}""", """{"a":"2"}""", true)]
    [TestCase("""{"$or":[{"a":["1"]},{"b":[{"exists":false}]}]}""", """{}""", true)]
    [TestCase("""{"$or":[{"detail":{"a":["1"]}},{"b":["2"]}]}""", """{"detail":{"a":"1"}}""", true)]
    [TestCase("""{"l":{"$or":[{"a":["1"]},{"b":["2"]}],"c":["3"]}}""", """{"l":[{"a":"1"},{"c":"3"}]}""", false)]
    [TestCase("""{"l":{"$or":[{"a":["1"]},{"b":["2"]}],"c":["3"]}}""", """{"l":[{"a":"1"},{"b":"2","c":"3"}]}""", true)]
    public void Matches_Or_NeedsOneAlternative(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);

    [TestCase(
        """{"source":["s"],"$or":{"metricType":["t"],"namespace":["n"]}}""",
        """{"source":"s","$or":{"metricType":"t","namespace":"n"}}""",
        true)]
    [TestCase("""{"source":["s"],"$or":{"metricType":["t"],"namespace":["n"]}}""", """{"source":"s","metricType":"t"}""", false)]
    [TestCase("""{"$or":[{"cidr":"10.0.0.0/24"}]}""", """{"$or":"10.0.0.1"}""", true)]
    [TestCase("""{"$or":[{"numeric":[">",0,"<=",5]},{"numeric":[">",10]}]}""", """{"$or":11}""", true)]
    [TestCase("""{"$or":[{"numeric":[">",0]},{"cidr":"10.0.0.0/8"}]}""", """{"$or":"10.0.0.1"}""", true)]
    [TestCase("""{"$or":["a","b"]}""", """{"$or":"b"}""", true)]
    public void Matches_FieldNamedOr_ComparesItLikeAnyOther(string pattern, string @event, bool expected) =>
        PatternCheck.Matches(pattern, @event, expected);
}
