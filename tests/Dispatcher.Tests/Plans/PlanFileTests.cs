using System.Text;
using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

public sealed class PlanFileTests
{
    [TestCase("{\"type\":\"change\",\"number\":1")]
    [TestCase("{\"type\":\"change\",\"number\":2,\"action\":\"a\",\"target\":\"b\"}")]
    [TestCase("{\"type\":\"change\",\"number\":1,\"action\":\"a\"}")]
    [TestCase("null")]
    public async Task ReadChanges_DigestIsRightAndALineIsNot_SaysWhich(string line)
    {
        using var plan = await ReadAsync(Encoding.UTF8.GetBytes(PlanForgery.Seal(PlanForgery.HeaderLine(), line)));

        Assert.That(
            () => plan.ReadChanges().ToList(),
            Throws.TypeOf<InvalidPlanException>().With.Message.EqualTo(
                "The plan 'memory:plan' cannot be read: its change 1 is damaged. Write a new plan."));
    }

    [TestCase(1_000_000)]
    [TestCase(0)]
    public async Task ReadAt_NoChangeIsThere_Throws(long position)
    {
        using var plan = await ReadAsync(Encoding.UTF8.GetBytes(PlanForgery.Seal(PlanForgery.HeaderLine())));

        Assert.That(() => plan.ReadAt(position), Throws.TypeOf<InvalidPlanException>().With.Message.Contains("is damaged"));
    }

    [Test]
    public void ReadAsync_CompressedContentsAreDamaged_SaysSo() => Assert.That(
        () => ReadAsync([0x1F, 0x8B, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 1, 2, 3]),
        Throws.TypeOf<InvalidPlanException>().With.Message.EqualTo(
            "'memory:plan' is not a whole plan: it cannot be decompressed. Write a new plan."));

    [Test]
    public void ReadAsync_ContentsCannotBeRead_Throws()
    {
        using var contents = new FailingStream(capacity: 0);

        Assert.That(
            () => PlanFile.ReadAsync("memory:plan", contents), Throws.TypeOf<IOException>().With.Message.EqualTo("The disk fails."));
    }

    private static Task<PlanFile> ReadAsync(byte[] contents) => PlanFile.ReadAsync("memory:plan", new MemoryStream(contents));
}
