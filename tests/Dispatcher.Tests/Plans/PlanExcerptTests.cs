using Dispatcher.Plans;
using Dispatcher.Testing;
using Moq;

namespace Dispatcher.Tests.Plans;

/// <summary>An excerpt is a plan of the selected changes.</summary>
public sealed class PlanExcerptTests
{
    [TestCase("memory:part.jsonl", false)]
    [TestCase("memory:part.jsonl.gz", true)]
    [TestCase("memory:PART.GZ", true)]
    public async Task Publish_SomeChanges_IsAPlanOfThem(string location, bool isCompressed)
    {
        using var plan = await PlanSample.CreateAsync(PlanSample.Delete("a"), PlanSample.Delete("b"), PlanSample.Delete("c"));
        var store = new MemoryPlanStore();

        var totals = await PlanExcerpt.PublishAsync(plan, static planned => planned.Change.Target != "b", store, location);

        using var excerpt = await PlanFile.ReadAsync(location, await store.OpenAsync(location));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                excerpt.ReadChanges().Select(static planned => (planned.Number, planned.Change.Target)),
                Is.EqualTo(new[] { (1L, "a"), (2L, "c") }));
            Assert.That(excerpt.Header, Is.EqualTo(plan.Header with { ExcerptOf = plan.Totals.Digest }));
            Assert.That(excerpt.Totals, Is.EqualTo(totals));
            Assert.That((totals.Changes, totals.Bytes, totals.ItemErrors, totals.Complete), Is.EqualTo((2L, 6L, 2L, true)));
            Assert.That(store.Read(location)[0], Is.EqualTo(isCompressed ? '\u001f' : '{'));
        }
    }

    [Test]
    public async Task Publish_StoreDoesNotAllowTheLocation_WritesNothing()
    {
        using var plan = await PlanSample.CreateAsync(PlanSample.Delete("a"));
        var store = new Mock<IPlanStore>(MockBehavior.Strict);
        store.Setup(static all => all.EnsureAllowed("memory:part")).Throws(new PermanentJobException("Not there."));

        Assert.That(
            () => PlanExcerpt.PublishAsync(plan, static _ => true, store.Object, "memory:part"),
            Throws.TypeOf<PermanentJobException>().With.Message.EqualTo("Not there."));
    }
}
