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
    public void StorageSavedPerMonth_SeveralClasses_PricesEach()
    {
        const long Gigabyte = 1L << 30;
        var run = SampleRun.Create(bytes: 10 * Gigabyte);
        var tally = new RunTally();
        tally.Add(run with
        {
            Changes = run.Changes with
            {
                BytesByClass = new Dictionary<string, long>
                {
                    ["STANDARD_IA"] = 2 * Gigabyte, ["DEEP_ARCHIVE"] = 3 * Gigabyte, ["SNOW"] = Gigabyte,
                },
            },
        });

        Assert.That(tally.BytesFreedByClass["STANDARD"], Is.EqualTo(4 * Gigabyte), "what the record does not name");
        Assert.That(
            new PriceList().StorageSavedPerMonth(tally),
            Is.EqualTo((4 * 0.023) + (2 * 0.0125) + (3 * 0.00099) + 0.023).Within(1e-12), "an unknown class costs as much as STANDARD");
        Assert.That(
            new PriceList { StorageClasses = new Dictionary<string, double> { ["STANDARD_IA"] = 1 } }.StorageSavedPerMonth(tally),
            Is.EqualTo((4 * 0.023) + 2 + (3 * 0.00099) + 0.023).Within(1e-12));
    }

    [TestCase("STANDARD", 0.023)]
    [TestCase("INTELLIGENT_TIERING", 0.023)]
    [TestCase("STANDARD_IA", 0.0125)]
    [TestCase("ONEZONE_IA", 0.01)]
    [TestCase("GLACIER_IR", 0.004)]
    [TestCase("GLACIER", 0.0036)]
    [TestCase("DEEP_ARCHIVE", 0.00099)]
    public void StorageOf_Class_IsTheListPrice(string storageClass, double price) =>
        Assert.That(new PriceList().StorageOf(storageClass), Is.EqualTo(price));

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
