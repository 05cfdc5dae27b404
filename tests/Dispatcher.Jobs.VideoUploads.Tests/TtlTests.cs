namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class TtlTests : CleanupFixture
{
    [TestCase("3600", "a duration")]
    [TestCase("86400", "a duration")]
    [TestCase("1", "a duration")]
    [TestCase("3600.5", "a duration")]
    [TestCase("1604188800", "more than 5 years ago")]
    [TestCase("1793318400", "before the day of its own key")]
    [TestCase("1795132800000", "milliseconds")]
    [TestCase("0", "not a time")]
    [TestCase("-1", "not a time")]
    public async Task Ttl_CannotBeATime_IsAnItemErrorAndNothingIsTouched(string ttl, string defect)
    {
        var single = ExpiredSingle();
        var multipart = ExpiredMultipart();
        var partial = ExpiredMultipart(withParts: true, status: "partial");
        foreach (var id in new[] { single, multipart, partial })
        {
            Table.Items[id]["ttl"].N = ttl;
        }

        var summary = await RunAsync("""{"orphans":"delete","completedUploadsKeepTheirSession":true}""");

        Assert.Multiple(() =>
        {
            Assert.That(summary.Errors.Select(static error => error.Error), Has.Exactly(3).Contains(defect));
            Assert.That(summary.Changes.Proposed, Is.Zero);
            Assert.That(Table.Items, Has.Count.EqualTo(3));
            Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
            Assert.That(Bucket.Uploads, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task Ttl_BeforeTheKeysDayButThePatternHasNoDate_IsATime()
    {
        var id = ExpiredSingle();
        Table.Items[id]["ttl"].N = "1793318400";

        var summary = await RunAsync("""{"keyPattern":"uploads/[-0-9]+/(?<session>[-0-9a-f]+)\\.mp4"}""");

        Assert.That(summary.Count("sessionsCleaned"), Is.EqualTo(1));
    }
}
