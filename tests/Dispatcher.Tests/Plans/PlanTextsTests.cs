using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

/// <summary>The sentences about a plan.</summary>
public sealed class PlanTextsTests
{
    [TestCase(0, 0, 0, false, "")]
    [TestCase(1, 0, 0, false, " 1 planned change skipped: changed since the plan.")]
    [TestCase(0, 2, 0, false, " 2 changes not made: not in the plan.")]
    [TestCase(0, 0, 1, false, " 1 planned change not proposed: not due any more.")]
    [TestCase(0, 0, 3, true, " 3 planned changes not proposed: made by an earlier run, or not due any more.")]
    public void Describe_Differences_HasASentenceForEachKind(long changed, long added, long missing, bool isContinued, string expected) =>
        Assert.That(new PlanDifferences(changed, added, missing).Describe(isContinued), Is.EqualTo(expected));

    [TestCase("123456789012", "eu-central-1", null, null, "account 123456789012, region eu-central-1")]
    [TestCase(null, "eu-central-1", "http://127.0.0.1:5000", null, "region eu-central-1, endpoint http://127.0.0.1:5000")]
    [TestCase(null, null, null, "desk", "host desk")]
    public void ToString_Origin_NamesWhatIsKnown(string? account, string? region, string? endpoint, string? host, string expected) =>
        Assert.That(
            new PlanOrigin { Account = account, Region = region, Endpoint = endpoint, Host = host }.ToString(), Is.EqualTo(expected));

    [Test]
    public void ThisMachine_Matches_OnlyItself()
    {
        Assert.That(PlanOrigin.ThisMachine.Matches(PlanOrigin.ThisMachine), Is.True);
        Assert.That(PlanOrigin.ThisMachine.Matches(new PlanOrigin { Host = "elsewhere" }), Is.False);
    }

    [Test]
    public void PlanOptions_Defaults_AreADayAndARunStore()
    {
        var options = new PlanOptions();

        Assert.That((options.MaxAgeHours, options.RequiresRunStore), Is.EqualTo((24.0, true)));
    }
}
