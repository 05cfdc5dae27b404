using System.Diagnostics;
using Dispatcher.Text;

namespace Dispatcher.Tests.Text;

public sealed class SpellingSuggesterTests
{
    private static readonly string[] Names = ["video-upload-cleanup", "daily-uptime", "dryRun", "id"];

    [TestCase("video-upload-clenup", "video-upload-cleanup")]
    [TestCase("Daily_Uptime", "daily-uptime")]
    [TestCase("dry_run", "dryRun")]
    [TestCase("idd", "id")]
    [TestCase("ailyuptime", "daily-uptime")]
    [TestCase("video-cleanup-upload", null)]
    [TestCase("deily-uptume", "daily-uptime")]
    [TestCase("dairy-uptine", "daily-uptime")]
    public void Find_Misspelt_FindsWhatWasMeant(string name, string? meant) =>
        Assert.That(SpellingSuggester.Find(name, Names), Is.EqualTo(meant));

    [TestCase("")]
    [TestCase("elephant")]
    [TestCase("xy")]
    [TestCase("x")]
    public void Find_NothingNear_FindsNothing(string name) => Assert.That(SpellingSuggester.Find(name, Names), Is.Null);

    [Test]
    public void Hint_NothingNear_IsEmpty() => Assert.That(SpellingSuggester.DidYouMean("elephant", Names), Is.Empty);

    [Test]
    public void Hint_Misspelt_AsksWithALeadingSpace() =>
        Assert.That(SpellingSuggester.DidYouMean("dryrun", Names), Is.EqualTo(" Did you mean 'dryRun'?"));

    [Test]
    public void Find_TwoAreNear_TakesTheNearer() =>
        Assert.That(SpellingSuggester.Find("batchSiz", ["batchSizes", "batchSize"]), Is.EqualTo("batchSize"));

    [Test]
    public void Find_TwoAreEquallyNear_TakesTheFirst() =>
        Assert.That(SpellingSuggester.Find("batchSizx", ["batchSizy", "batchSize"]), Is.EqualTo("batchSizy"));

    [Test]
    public void Find_HugeName_IsFast()
    {
        var watch = Stopwatch.StartNew();

        Assert.That(SpellingSuggester.Find(new string('a', 2_000_000), Names), Is.Null);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }
}
