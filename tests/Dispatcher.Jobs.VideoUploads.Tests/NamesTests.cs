using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class NamesTests : CleanupFixture
{
    [TestCase("[", "not a valid regular expression")]
    [TestCase("uploads/(?<id>.+)", "no group named 'session'")]
    [TestCase("(?<session>a)|(b", "not a valid regular expression")]
    [TestCase(@"(?=x)(?<session>.+)", "not supported")]
    [TestCase(@"(?<session>a)\\1", "not supported")]
    [TestCase(@"(?<session>a)|)(", "not a valid regular expression")]
    public async Task KeyPattern_CannotBeUsed_IsRefusedWithTheReason(string pattern, string reason)
    {
        var refused = await Assert.ThrowsAsync<JobRequestException>(() => RunAsync($$"""{"keyPattern":"{{pattern}}"}"""));

        Assert.That(refused!.Problems.Single(), Does.Contain("keyPattern").And.Contain(reason));
        Assert.That(Table.Mock.Invocations, Is.Empty);
    }

    [TestCase("""{"statusAttribute":"ttl"}""", "'statusAttribute' and 'ttlAttribute'")]
    [TestCase("""{"keyAttribute":"cleanupClaim"}""", "an attribute that this job writes")]
    [TestCase("""{"finishedStatuses":["created"]}""", "'created' appears twice")]
    [TestCase("""{"finishedStatuses":[]}""", "finishedStatuses")]
    public async Task Names_DoNotGoTogether_AreRefused(string parameters, string reason)
    {
        var refused = await Assert.ThrowsAsync<JobRequestException>(() => RunAsync(parameters));

        Assert.That(refused!.Problems.Single(), Does.Contain(reason));
    }

    [Test]
    public async Task KeyPattern_IsAnchored()
    {
        KeptSession();
        Bucket.Add("uploads/videos/7.mp4.bak");
        Bucket.Add("old/uploads/videos/7.mp4");
        Bucket.Add("uploads/videos/7.mp4");

        var summary = await RunAsync("""{"prefix":"","keyPattern":"a|uploads/videos/(?<session>[0-9]+)\\.mp4"}""");

        Assert.That(summary.Count("objectsUnrecognized"), Is.EqualTo(2));
        Assert.That(summary.Count("orphanedObjectsFound"), Is.EqualTo(1));
    }

    [Test]
    public async Task Names_OfAnotherApplication_AreUsedThroughout()
    {
        Table.Description = new TableDescription
        {
            KeySchema = [new KeySchemaElement("id", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("id", ScalarAttributeType.S)],
        };
        Table.HashKey = "id";
        AddForeign("u-1", "open", Expired);
        AddForeign("u-2", "ready", Expired);
        AddForeign("u-3", "done", Expired);

        var summary = await RunAsync(
            """
            {"orphans":"delete","completedUploadsKeepTheirSession":true,"prefix":"media/","keyPattern":"media/(?<session>u-[0-9]+)/original",
             "hashKey":"id","statusAttribute":"state","typeAttribute":"kind","keyAttribute":"path","ttlAttribute":"expires",
             "uploadIdAttribute":"upload","createdStatus":"open","partialStatus":"held","finishedStatuses":["ready","done"]}
            """);

        Assert.That(summary.Count("sessionsCleaned"), Is.EqualTo(1), summary.Summary);
        Assert.That(Table.Items.Keys, Is.EqualTo(new[] { "u-2", "u-3" }));
        Assert.That(Bucket.Objects.Keys, Is.EqualTo(new[] { "media/u-2/original", "media/u-3/original" }));
    }

    private void AddForeign(string id, string state, DateTimeOffset expires)
    {
        Table.Items[id] = new()
        {
            ["id"] = new() { S = id },
            ["state"] = new() { S = state },
            ["kind"] = new() { S = "single" },
            ["path"] = new() { S = $"media/{id}/original" },
            ["expires"] = new() { N = $"{expires.ToUnixTimeSeconds()}" },
        };
        Bucket.Add($"media/{id}/original");
    }
}
