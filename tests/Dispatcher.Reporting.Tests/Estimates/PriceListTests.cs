using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Tests.Estimates;

public sealed class PriceListTests
{
    [Test]
    public void StorageSavedPerMonth_OneGigabyteFreed_IsThePrice()
    {
        var tally = new RunTally();
        tally.Add(SampleRun.Create(bytes: 1L << 30));
        tally.Add(SampleRun.Create(bytes: 1L << 40, status: JobStatus.Planned, dryRun: true));

        Assert.That(new PriceList().StorageSavedPerMonth(tally), Is.EqualTo(0.023).Within(1e-12));
        Assert.That(new PriceList { StorageGigabyteMonth = 0.5 }.StorageSavedPerMonth(tally), Is.EqualTo(0.5).Within(1e-12));
    }

    [Test]
    public void LambdaBill_TenSecondsOfHalfAGigabyte_IsFiveGigabyteSecondsAndARequest()
    {
        var use = new LambdaUse();
        use.Add(SampleRun.Create(durationMs: 10_000, memory: 512));

        Assert.That(use.GigabyteSeconds, Is.EqualTo(5).Within(1e-12));
        Assert.That(new PriceList().LambdaBill(use), Is.EqualTo((5 * 0.0000166667) + 0.0000002).Within(1e-15));
    }

    [TestCase(null)]
    [TestCase(0)]
    public void LambdaBill_RunOutsideOfLambda_CostsNothing(int? memory)
    {
        var use = new LambdaUse();
        use.Add(SampleRun.Create(durationMs: 10_000, memory: memory));

        Assert.That((use.Runs, use.RunsElsewhere, new PriceList().LambdaBill(use)), Is.EqualTo((0, 1, 0.0)));
    }

    [Test]
    public void LambdaBill_DryRun_CostsAsMuchAsAnother()
    {
        var use = new LambdaUse();
        use.Add(SampleRun.Create(status: JobStatus.Planned, dryRun: true));

        Assert.That(use.Runs, Is.EqualTo(1));
    }

    [Test]
    public void DefaultLambdaGigabyteSecond_Arm_IsAFifthCheaper() => Assert.That(
        PriceList.DefaultLambdaGigabyteSecond(LambdaArchitecture.Arm) / PriceList.DefaultLambdaGigabyteSecond(LambdaArchitecture.X86),
        Is.EqualTo(0.8).Within(0.0001));
}
