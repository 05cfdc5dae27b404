using Dispatcher.Limiting;

namespace Dispatcher.Tests.Limiting;

/// <summary>The names, ranges and units of the limits, as documented.</summary>
public sealed class LimitKindTests
{
    [Test]
    public void All_Limits_HaveTheirDocumentedNamesAndUnits() => Assert.That(
        LimitKind.All.Select(static kind => $"{kind.Field}, {kind.Setting}, {kind.Range}: {kind.Format(1)}, {kind.Format(1_000)}"),
        Is.EqualTo(new[]
        {
            "maxChanges, MAX_CHANGES, a whole number from 0: 1 change, 1,000 changes",
            "maxChangesPercent, MAX_CHANGES_PERCENT, a number from 0 to 100: 1 % of what it examines, 1000 % of what it examines",
            "maxBytes, MAX_BYTES, a whole number from 0: 1 byte, 1,000 bytes",
            "maxChangesPerSecond, MAX_CHANGES_PER_SECOND, a whole number from 1: 1 change per second, 1,000 changes per second",
        }));

    [Test]
    public void With_EachLimit_SetsItsMemberAndNoOther()
    {
        var limits = LimitKind.All.Select(static (kind, index) => (Kind: kind, Value: index + 1m))
            .Aggregate(ChangeLimits.None, static (limits, one) => one.Kind.With(limits, one.Value));

        Assert.That(limits, Is.EqualTo(
            new ChangeLimits { MaxChanges = 1, MaxChangesPercent = 2, MaxBytes = 3, MaxChangesPerSecond = 4 }));
        Assert.That(LimitKind.All.Select(kind => kind.Get(limits)), Is.EqualTo(new decimal?[] { 1, 2, 3, 4 }));
        Assert.That(LimitKind.All.Aggregate(limits, static (all, kind) => kind.With(all, null)), Is.EqualTo(ChangeLimits.None));
    }

    [TestCase("maxChangesPercent", "1.5", true)]
    [TestCase("maxChangesPercent", "100", true)]
    [TestCase("maxChangesPercent", "100.1", false)]
    [TestCase("maxChangesPercent", "+5", false)]
    [TestCase("maxChanges", "1.0", false)]
    [TestCase("maxChanges", "1.5", false)]
    [TestCase("maxChanges", " 5 ", true)]
    [TestCase("maxBytes", "0", true)]
    [TestCase("maxChangesPerSecond", "0", false)]
    [TestCase("maxChangesPerSecond", "1", true)]
    public void TryParse_Text_IsReadAsDocumented(string field, string text, bool expected) =>
        Assert.That(LimitKind.All.Single(kind => kind.Field == field).TryParse(text, out _), Is.EqualTo(expected));

    [Test]
    public void DescribeInvalid_AllOutOfRange_DescribesEach() => Assert.That(
        LimitKind.DescribeInvalid(new ChangeLimits { MaxChanges = -1, MaxChangesPercent = 101, MaxBytes = -2, MaxChangesPerSecond = 0 }),
        Is.EqualTo(new[]
        {
            "MaxChanges is -1. Set it to a whole number from 0.",
            "MaxChangesPercent is 101. Set it to a number from 0 to 100.",
            "MaxBytes is -2. Set it to a whole number from 0.",
            "MaxChangesPerSecond is 0. Set it to a whole number from 1.",
        }));

    [TestCase(
        nameof(LimitSource.Registration), "registration", "set ROTATE_LOGS_MAX_BYTES, which replaces the limit of the registration", true)]
    [TestCase(nameof(LimitSource.JobSetting), "ROTATE_LOGS_MAX_BYTES", "raise ROTATE_LOGS_MAX_BYTES", true)]
    [TestCase(nameof(LimitSource.GlobalSetting), "MAX_BYTES", "raise MAX_BYTES", false)]
    [TestCase(nameof(LimitSource.Payload), "payload", "raise limits.maxBytes in the payload", true)]
    public void LimitInForce_EachSource_SaysWhereItIsAndHowToRaiseIt(
        string source, string origin, string remedy, bool isForThisJob)
    {
        var limit = new LimitInForce(LimitKind.Bytes, 1, Enum.Parse<LimitSource>(source), "rotate-logs");

        Assert.That((limit.Origin, limit.Remedy, limit.IsForThisJob), Is.EqualTo((origin, remedy, isForThisJob)));
    }
}
