using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Dispatcher.Hosting;
using Moq;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>The parameters <c>include</c> and <c>exclude</c>.</summary>
public sealed class SelectionTests : CleanupFixture
{
    [TestCase("""{"attributes":{"userId":"u1"}}""", true)]
    [TestCase("""{"attributes":{"userId":["u0","u1"]}}""", true)]
    [TestCase("""{"attributes":{"userId":"u2"}}""", false)]
    [TestCase("""{"attributes":{"userId":{"prefix":"u"}}}""", true)]
    [TestCase("""{"attributes":{"userId":{"prefix":"U"}}}""", false)]
    [TestCase("""{"attributes":{"contentType":{"prefix":"video/","suffix":"/mp4"}}}""", true)]
    [TestCase("""{"attributes":{"contentType":{"prefix":"video/","suffix":"/webm"}}}""", false)]
    [TestCase("""{"attributes":{"fileSize":{"min":1000}}}""", true)]
    [TestCase("""{"attributes":{"fileSize":{"min":1001}}}""", false)]
    [TestCase("""{"attributes":{"fileSize":{"max":1000}}}""", true)]
    [TestCase("""{"attributes":{"fileSize":1000.0}}""", true)]
    [TestCase("""{"attributes":{"fileSize":"1000"}}""", true)]
    [TestCase("""{"attributes":{"draft":true}}""", true)]
    [TestCase("""{"attributes":{"draft":false}}""", false)]
    [TestCase("""{"attributes":{"status":"created","userId":"u1"}}""", true)]
    [TestCase("""{"attributes":{"missing":"u1"}}""", false)]
    [TestCase("""{"attributes":{"tags":"a"}}""", false)]
    [TestCase("""{"attributes":{"userId":{"min":1}}}""", false)]
    [TestCase("""{"keyPrefix":"uploads/2026-11-01/"}""", true)]
    [TestCase("""{"keyPrefix":"uploads/2026-11-02/"}""", false)]
    [TestCase("""{"minBytes":10,"maxBytes":10}""", true)]
    [TestCase("""{"minBytes":11}""", false)]
    [TestCase("""{"maxBytes":9}""", false)]
    [TestCase("""{"attributes":{"userId":"u1"},"keyPrefix":"uploads/","minBytes":1}""", true)]
    [TestCase("""{"attributes":{"userId":"u2"}},{"attributes":{"userId":"u1"}}""", true)]
    public async Task Include_Rule_SelectsTheSession(string rules, bool isSelected)
    {
        var id = Tagged();

        var planned = await RunAsync($$"""{"include":[{{rules}}]}""", dryRun: true);
        var run = await RunAsync($$"""{"include":[{{rules}}]}""");

        Assert.That(run.Errors, Is.Empty);
        Assert.That(Table.Items.ContainsKey(id), Is.EqualTo(!isSelected));
        Assert.That(Bucket.Objects.ContainsKey(KeyOf(id)), Is.EqualTo(!isSelected));
        Assert.That(run.Count("sessionsCleaned"), Is.EqualTo(isSelected ? 1 : 0));
        Assert.That(run.Count("sessionsNotSelected"), Is.EqualTo(isSelected ? 0 : 1));
        Assert.That(planned.Counts, Is.EqualTo(run.Counts), "a dry run counts alike");
    }

    [TestCase("""{"attributes":{"userId":"u1"}}""", true)]
    [TestCase("""{"attributes":{"userId":"u2"}}""", false)]
    [TestCase("""{"attributes":{"missing":"u1"}}""", false)]
    [TestCase("""{"attributes":{"tags":"a"}}""", true)]
    [TestCase("""{"minBytes":10}""", true)]
    [TestCase("""{"minBytes":11}""", false)]
    [TestCase("""{"attributes":{"userId":"u1"},"minBytes":11}""", false)]
    public async Task Exclude_Rule_KeepsTheSession(string rule, bool isKept)
    {
        var id = Tagged();

        await RunAsync($$"""{"exclude":[{{rule}}]}""");

        Assert.That(Table.Items.ContainsKey(id), Is.EqualTo(isKept));
    }

    [Test]
    public async Task Exclude_WinsOverInclude()
    {
        var (kept, removed) = (Tagged("u1"), Tagged("u2"));

        await RunAsync("""{"include":[{"attributes":{"userId":{"prefix":"u"}}}],"exclude":[{"attributes":{"userId":"u1"}}]}""");

        Assert.That(Table.Items.Keys, Is.EqualTo(new[] { kept }));
        Assert.That(Table.Items, Does.Not.ContainKey(removed));
    }

    [Test]
    public async Task Include_Size_UploadWithPartsHasNoKnownSize()
    {
        var withParts = ExpiredMultipart(withParts: true);
        var empty = ExpiredMultipart();

        var run = await RunAsync("""{"include":[{"maxBytes":1000}]}""");

        Assert.That(Table.Items[withParts]["status"].S, Is.EqualTo("created"), "what is not known does not match");
        Assert.That(Table.Items, Does.Not.ContainKey(empty), "an upload without parts has no bytes");
        Assert.That(run.Count("sessionsNotSelected"), Is.EqualTo(1));
    }

    [Test]
    public async Task Include_Size_ObjectReplacedAfterTheClaim_IsKept()
    {
        var id = Tagged();
        Table.BeforeWrite = _ => Bucket.Add(KeyOf(id), size: 5000);

        await RunAsync("""{"include":[{"maxBytes":1000}]}""");

        Assert.That(Bucket.Objects, Does.ContainKey(KeyOf(id)));
        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupClaim"));
    }

    [Test]
    public async Task Include_AttributeChangedMeanwhile_IsKept()
    {
        var id = Tagged();
        Table.BeforeWrite = _ => Set(id, "userId", "u2");

        await RunAsync("""{"include":[{"attributes":{"userId":"u1"}}]}""");

        Assert.That(Bucket.Objects, Does.ContainKey(KeyOf(id)));
        Assert.That(Table.Items, Does.ContainKey(id));
    }

    [TestCase("""{"include":[{"minBytes":100}]}""", 0, 1)]
    [TestCase("""{"include":[{"keyPrefix":"uploads/2026-11-01/"}]}""", 2, 0)]
    [TestCase("""{"exclude":[{"maxBytes":99}]}""", 0, 1)]
    [TestCase("""{"include":[{"attributes":{"userId":"u1"}}]}""", 0, 0)]
    [TestCase("""{"exclude":[{"attributes":{"userId":"u1"}}]}""", 0, 0)]
    [TestCase("""{"exclude":[{"attributes":{"userId":"u1"},"minBytes":100}]}""", 1, 0)]
    public async Task Rules_Orphans_AreSelectedByKeyAndSizeOnly(string rules, int small, int large)
    {
        KeptSession();
        string[] smallKeys = [Orphan(), .. small == 2 ? [Orphan()] : Array.Empty<string>()];
        if (small != 2)
        {
            Bucket.Add(KeyOf(Guid.NewGuid().ToString()), size: 100);
        }

        var before = Bucket.Objects.Count;
        var run = await RunAsync(Delete[..^1] + "," + rules[1..]);

        Assert.That(run.Count("orphanedObjectsDeleted"), Is.EqualTo(small + large));
        Assert.That(Bucket.Objects, Has.Count.EqualTo(before - small - large));
        Assert.That(smallKeys.Count(Bucket.Objects.ContainsKey), Is.EqualTo(smallKeys.Length - small));
        Assert.That(run.Count("objectsNotSelected"), Is.EqualTo(before - small - large));
    }

    [Test]
    public async Task Rules_OrphanGuard_CountsEveryOrphan()
    {
        KeptSession();
        for (var index = 0; index < 12; index++)
        {
            Orphan();
        }

        var refused = await RunAsync(
            """{"orphans":"delete","completedUploadsKeepTheirSession":true,"include":[{"keyPrefix":"uploads/2026-12"}]}""");

        Assert.That(refused.Summary, Does.Contain("maxOrphanedPercent"), "a wrong table is wrong whatever is selected");
    }

    [TestCase("""{"include":[{"keyPrefix":"uploads/2026-11"}]}""", 0)]
    [TestCase("""{"include":[{"attributes":{"userId":"u1"}}]}""", 1)]
    [TestCase("""{"exclude":[{"minBytes":1}]}""", 1)]
    public async Task Rules_StrayUploads_AreSelectedByKeyOnly(string rules, int kept)
    {
        KeptSession();
        Bucket.AddUpload(KeyOf(Guid.NewGuid().ToString()));

        var run = await RunAsync(rules);

        Assert.That(Bucket.Uploads, Has.Count.EqualTo(kept));
        Assert.That(run.Count("uploadsNotSelected"), Is.EqualTo(kept));
    }

    [TestCase("""{"attributes":{"userId":{"wildcard":"u*"}}}""", "unknown operator 'wildcard'. Known: equals, prefix, suffix, min, max.")]
    [TestCase("""{"user":"u1"}""", "unknown field 'user'. Known: attributes, keyPrefix, minBytes, maxBytes.")]
    [TestCase("""{}""", "no condition")]
    [TestCase("""{"attributes":{}}""", "no condition")]
    [TestCase("""{"attributes":{"userId":{}}}""", "has no operator")]
    [TestCase("""{"attributes":{"userId":[]}}""", "empty list")]
    [TestCase("""{"attributes":{"userId":null}}""", "is compared with null. Write")]
    [TestCase("""{"attributes":{"userId":[["u1"]]}}""", "is compared with [[\"u1\"]]. Write")]
    [TestCase("""{"attributes":{"userId":{"prefix":7}}}""", "the prefix 7")]
    [TestCase("""{"attributes":{"userId":{"prefix":""}}}""", "at least one character")]
    [TestCase("""{"attributes":{"userId":{"min":"7"}}}""", "the min \"7\". Write a number.")]
    [TestCase("""{"attributes":{"cleanupClaim":"x"}}""", "written by this job")]
    [TestCase("""{"keyPrefix":""}""", "empty keyPrefix")]
    [TestCase("""{"minBytes":-1}""", "has minBytes -1, but a size is never negative. Write a number of bytes from 0.")]
    [TestCase("""{"maxBytes":-1}""", "has maxBytes -1, but a size is never negative. Write a number of bytes from 0.")]
    [TestCase("""{"minBytes":2,"maxBytes":1}""", "has minBytes 2 above maxBytes 1, so that no size matches.")]
    [TestCase("null", "must be an object with the fields attributes, keyPrefix, minBytes, maxBytes, but is null. Leave it out.")]
    public async Task Rules_AreInvalid_AreRefusedWithTheReason(string rule, string reason)
    {
        foreach (var parameter in new[] { "include", "exclude" })
        {
            var refused = await Assert.ThrowsAsync<JobRequestException>(() => RunAsync($$"""{"{{parameter}}":[{{rule}}]}"""));

            Assert.That(refused!.Problems.Single(), Does.Contain(parameter).And.Contain(reason));
        }

        Assert.That(Table.Mock.Invocations, Is.Empty);
    }

    [TestCase("""{"table":"a!","include":[{}],"exclude":[{}]}""", 3)]
    [TestCase("""{"nonsense":1,"include":[{}]}""", 2)]
    [TestCase("""{"batchSize":0,"exclude":[{}]}""", 2)]
    public async Task Rules_AreInvalidBesideAnotherWrongParameter_AreReportedToo(string parameters, int problems)
    {
        var refused = await Assert.ThrowsAsync<JobRequestException>(() => RunAsync(parameters));

        Assert.That(refused!.Problems, Has.Count.EqualTo(problems), refused.Message);
    }

    [Test]
    public async Task Rules_WithoutSize_AddNoRequests()
    {
        for (var index = 0; index < 20; index++)
        {
            Tagged();
        }

        await RunAsync("{}", dryRun: true);
        var without = (Table.Mock.Invocations.Count, Bucket.Mock.Invocations.Count);
        Table.Mock.Invocations.Clear();
        Bucket.Mock.Invocations.Clear();
        await RunAsync("""{"include":[{"attributes":{"userId":"u1"}}],"exclude":[{"keyPrefix":"uploads/2025"}]}""", dryRun: true);

        Assert.That((Table.Mock.Invocations.Count, Bucket.Mock.Invocations.Count), Is.EqualTo(without));
    }

    [Test]
    public async Task Rules_WithSize_AddOneListingPerBatch()
    {
        for (var index = 0; index < 20; index++)
        {
            Tagged();
        }

        await RunAsync("""{"orphans":"report"}""", dryRun: true);
        var without = Bucket.Mock.Invocations.Count;
        Bucket.Mock.Invocations.Clear();
        await RunAsync("""{"include":[{"minBytes":1}]}""", dryRun: true);

        Assert.That(Bucket.Mock.Invocations.Count, Is.EqualTo(without + 1));
        Bucket.Mock.Verify(
            client => client.GetObjectMetadataAsync(It.IsAny<GetObjectMetadataRequest>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task Rules_Evidence_NamesTheAttributes()
    {
        Tagged();

        var run = await RunAsync("""{"include":[{"attributes":{"userId":"u1"}}]}""", dryRun: true);

        Assert.That(run.Changes.Proposed, Is.GreaterThan(0));
        Table.Mock.Verify(client => client.ScanAsync(
            It.Is<ScanRequest>(request =>
                request.ProjectionExpression.EndsWith(", #rule0") && request.ExpressionAttributeNames["#rule0"] == "userId"),
            It.IsAny<CancellationToken>()));
    }

    private string Tagged(string user = "u1")
    {
        var id = ExpiredSingle();
        Set(id, "userId", user);
        Set(id, "contentType", "video/mp4");
        Table.Items[id]["fileSize"] = new AttributeValue { N = "1000" };
        Table.Items[id]["draft"] = new AttributeValue { BOOL = true };
        Table.Items[id]["tags"] = new AttributeValue { SS = ["a"] };
        return id;
    }
}
