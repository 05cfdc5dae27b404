namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>Sessions that another run has claimed.</summary>
public sealed class ClaimTests : CleanupFixture
{
    [TestCase("253402300799", Description = "the last time that .NET knows")]
    [TestCase("32503680000", Description = "the year 3000")]
    [TestCase("99999999999999")]
    [TestCase("0")]
    [TestCase("-1")]
    public async Task Claim_AtATimeThatNoRunCanHaveWritten_IsTakenOver(string claimedAt)
    {
        var id = ExpiredSingle();
        Claim(id, claimedAt);

        var record = await RunAsync();

        Assert.That((record.Status, record.Count("sessionsCleaned")), Is.EqualTo((JobStatus.Succeeded, 1L)), record.Summary);
        Assert.That(Table.Items, Does.Not.ContainKey(id));
    }

    private void Claim(string id, string at)
    {
        Table.Items[id]["cleanupClaim"] = new() { S = "another-run" };
        Table.Items[id]["cleanupClaimedAt"] = new() { N = at };
    }
}
