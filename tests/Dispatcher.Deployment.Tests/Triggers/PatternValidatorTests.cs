using System.Text.Json;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Tests.Triggers;

/// <summary>Event patterns that EventBridge refuses are findings, with the field and the remedy.</summary>
public sealed class PatternValidatorTests
{
    [TestCase("""{"detail":{"state":"done"}}""", "detail.state must be a list of alternatives, such as [\"success\"], but is \"done\".")]
    [TestCase("""{"source":[]}""", "source must be a list of alternatives")]
    [TestCase("""{"n":[{"numeric":[">",5,"<",1]}]}""", "n holds {\"numeric\":[\">\",5,\"<\",1]}: no number is in this range")]
    [TestCase("""{"a":["x"],"a":["y"]}""", "a is given twice")]
    public void Check_PatternThatAwsRefuses_IsAnError(string pattern, string problem)
    {
        var findings = new FindingCollection();

        Assert.That(new PatternValidator(findings).Check(JsonElement.Parse(pattern), "Rule"), Is.False);
        Assert.That(findings.Single().Message, Does.StartWith($"EventBridge refuses its event pattern: {problem}"));
    }

    [TestCase("""{"detail":{"name":["${Bucket}"],"ip":[{"cidr":"${Network}"}],"path":[{"wildcard":"${Bucket}**"}]}}""")]
    [TestCase("""{"source":"${Sources}"}""")]
    [TestCase("""{"source":[{"prefix":"a"}],"$or":[{"a":["x"]},{"b":[{"exists":false}]}]}""")]
    public void Check_PatternThatAwsMayAccept_IsNone(string pattern)
    {
        var findings = new FindingCollection();

        Assert.That(new PatternValidator(findings).Check(JsonElement.Parse(pattern), "Rule"), Is.True);
        Assert.That(findings, Is.Empty);
    }

    [TestCase(2_000, null)]
    [TestCase(3_000, Severity.Warning)]
    [TestCase(5_000, Severity.Error)]
    public void Check_LongPattern_IsAWarningAboveTheQuotaAndAnErrorAboveTheHighest(int length, Severity? expected)
    {
        var findings = new FindingCollection();

        new PatternValidator(findings).Check(JsonElement.Parse($$"""{"source":["{{new string('x', length)}}"]}"""), "Rule");

        Assert.That(findings.Select(static finding => (Severity?)finding.Severity).SingleOrDefault(), Is.EqualTo(expected));
    }
}
