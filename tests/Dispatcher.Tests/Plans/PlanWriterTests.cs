using System.Security.Cryptography;
using System.Text;
using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

public sealed class PlanWriterTests
{
    [Test]
    public void Complete_DiskIsFull_FailsThereAndNotInTheJob(
        [Values] bool compresses, [Values(0, 200)] int capacity, [Values] bool restarts)
    {
        using var writer = new PlanWriter(PlanForgery.Header(), compresses, new FailingStream(capacity));

        Add(writer, 2_000);
        if (restarts)
        {
            writer.Restart();
        }

        Add(writer, 2_000);

        Assert.That(
            () => writer.Complete(itemErrors: 0, complete: true),
            Throws.TypeOf<IOException>().With.Message.EqualTo("The plan could not be written to a temporary file: The disk is full."));
    }

    [Test]
    public async Task Restart_ChangesWereAdded_HoldsOnlyThoseThatFollow([Values] bool compresses)
    {
        using var writer = new PlanWriter(PlanForgery.Header(), compresses, new MemoryStream());
        Add(writer, 50);

        writer.Restart();
        Add(writer, 2);
        var (totals, contents) = writer.Complete(itemErrors: 3, complete: false);

        using var plan = await PlanFile.ReadAsync("memory:plan", contents);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                plan.ReadChanges().Select(static change => (change.Number, change.Change.Target)),
                Is.EqualTo(new[] { (1L, "0"), (2L, "1") }));
            Assert.That(plan.Totals, Is.EqualTo(totals));
            Assert.That((totals.Changes, totals.Bytes, totals.ItemErrors, totals.Complete), Is.EqualTo((2L, 14L, 3L, false)));
        }
    }

    [Test]
    public void Complete_NothingWasProposed_IsAPlanWithoutChanges()
    {
        using var writer = new PlanWriter(PlanForgery.Header(), compresses: false, new MemoryStream());

        var (_, contents) = writer.Complete(itemErrors: 0, complete: true);

        var text = Encoding.UTF8.GetString(((MemoryStream)contents).ToArray());
        Assert.That(text, Is.EqualTo(PlanForgery.Seal(PlanForgery.HeaderLine())));
    }

    /// <summary>A plan of another version has to be valid, too: the digest is the documented one.</summary>
    [Test]
    public void Complete_Digest_IsThatOfAllBeforeItInTheFile()
    {
        using var writer = new PlanWriter(PlanForgery.Header(), compresses: false, new MemoryStream());
        Add(writer, 3);

        var (totals, contents) = writer.Complete(itemErrors: 0, complete: true);

        var text = Encoding.UTF8.GetString(((MemoryStream)contents).ToArray());
        var before = text[..text.LastIndexOf(",\"digest\":\"", StringComparison.Ordinal)];
        Assert.That(
            totals.Digest, Is.EqualTo($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before)))}"));
    }

    [Test]
    public void Dispose_PlanIsNotComplete_ClosesTheFile([Values] bool compresses)
    {
        var file = new MemoryStream();
        var writer = new PlanWriter(PlanForgery.Header(), compresses, file);
        Add(writer, 1);

        writer.Dispose();

        Assert.That(file.CanWrite, Is.False);
    }

    private static void Add(PlanWriter writer, int changes) =>
        writer.Add([.. Enumerable.Range(0, changes).Select(static index => new Change("test:Delete", $"{index}") { Bytes = 7 })]);
}
