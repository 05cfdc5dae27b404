using Dispatcher.Hosting;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>Rules of <c>include</c> and <c>exclude</c> that reach nothing.</summary>
public sealed class RuleReachTests : CleanupFixture
{
    private const string OtherKeys = "\"keyPattern\":\"Videos/(?<session>[0-9]+)\",\"prefix\":\"Videos/\"";

    [TestCase("""{"keyPrefix":"/uploads/2026-11-01/"}""", "'/uploads/2026-11-01/'", "Write 'uploads/2026-11-01/'")]
    [TestCase("""{"keyPrefix":"media/uploads/2026"}""", "each begins with 'uploads/'", "Write 'uploads/2026'")]
    [TestCase("""{"keyPrefix":"s3://media/uploads/2026"}""", "each begins with 'uploads/'", "no bucket in front")]
    [TestCase("""{"keyPrefix":"Uploads/2026"}""", "case-sensitive", "write 'uploads/2026'")]
    [TestCase("""{"keyPrefix":"/2026"}""", "no leading slash", "write '2026'")]
    [TestCase("""{"keyPrefix":"videos/"}""", "which no upload's key begins with", "as S3 lists it")]
    [TestCase("""{"attributes":{"fileSize":{"min":5,"max":1}}}""", "the min 5 and the max 1", "exchange")]
    [TestCase("""{"attributes":{"userId":{"equals":"abc","prefix":"x"}}}""", "None of the values of equals", "'userId'")]
    [TestCase("""{"attributes":{"fileSize":{"equals":[1,2],"min":3}}}""", "None of the values of equals", "'fileSize'")]
    public async Task Rule_CanNeverMatch_IsRefusedWithTheValues(string rule, string reason, string advice)
    {
        foreach (var parameter in new[] { "include", "exclude" })
        {
            var refused = await Assert.ThrowsAsync<JobRequestException>(() => RunAsync($$"""{"{{parameter}}":[{{rule}}]}"""));

            Assert.That(refused!.Problems.Single(), Does.Contain(parameter).And.Contain(reason).And.Contain(advice));
        }
    }

    [TestCase("""{"include":[{"keyPrefix":"u"}]}""")]
    [TestCase("""{"include":[{"keyPrefix":"uploads/2026-11-01/0"}]}""")]
    [TestCase("""{"include":[{"attributes":{"fileSize":{"equals":[1,2],"min":2}}}]}""")]
    [TestCase("""{"include":[{"attributes":{"fileSize":{"equals":"2","min":2,"max":2}}}]}""")]
    [TestCase("""{"exclude":[{"keyPrefix":"uploads/2026-11-"}]}""")]
    [TestCase("""{"exclude":[{"keyPrefix":"uploads/"}],"prefix":""}""")]
    [TestCase("""{"exclude":[{"minBytes":1}]}""")]
    [TestCase("""{"exclude":[{"maxBytes":1}]}""")]
    [TestCase("""{"include":[{"keyPrefix":"uploads/2026"},{"minBytes":9}],"exclude":[{"keyPrefix":"uploads/2026"}]}""")]
    [TestCase("""{"include":[{"attributes":{"plan":["a","b"]}}],"exclude":[{"attributes":{"plan":"a"}}]}""")]
    [TestCase("""{"include":[{"attributes":{"plan":"a"}}],"exclude":[{"attributes":{"plan":"a","user":"u"}}]}""")]
    [TestCase("{" + OtherKeys + ""","include":[{"keyPrefix":"Videos/1"}]}""")]
    [TestCase("""{"keyPattern":"(?i)videos/(?<session>[0-9]+)","include":[{"keyPrefix":"VIDEOS/1"}],"prefix":""}""")]
    [TestCase("""{"keyPattern":"a?b/(?<session>[0-9]+)","include":[{"keyPrefix":"b/1"}],"prefix":""}""")]
    [TestCase("""{"keyPattern":"a/(?<session>[0-9]+)|b/(?<session>[0-9]+)","include":[{"keyPrefix":"b/1"}],"prefix":""}""")]
    public async Task Rule_CanMatch_IsAccepted(string parameters)
    {
        KeptSession();

        Assert.That((await RunAsync(parameters)).Status, Is.EqualTo(JobStatus.Succeeded).Or.EqualTo(JobStatus.Partial));
    }

    [TestCase("""{"exclude":[{"keyPrefix":"uploads/"}]}""", "covers every upload under 'uploads/'")]
    [TestCase("""{"exclude":[{"keyPrefix":"up"}],"prefix":"uploads/2026-11-"}""", "covers every upload under 'uploads/2026-11-'")]
    [TestCase("""{"exclude":[{"minBytes":0}]}""", "covers every upload")]
    [TestCase(
        """{"include":[{"keyPrefix":"uploads/2026-11-"}],"exclude":[{"keyPrefix":"uploads/2026-"}]}""",
        """({"keyPrefix":"uploads/2026-"}) covers all of 'include' ({"keyPrefix":"uploads/2026-11-"})""")]
    [TestCase("""{"include":[{"attributes":{"plan":"a"}}],"exclude":[{"attributes":{"plan":["b","a"]}}]}""", "covers all of 'include'")]
    [TestCase(
        """{"include":[{"attributes":{"plan":{"prefix":"a"}},"minBytes":5}],"exclude":[{"attributes":{"plan":{"prefix":"a"}}}]}""",
        "covers all of 'include'")]
    [TestCase(
        """{"include":[{"minBytes":5,"maxBytes":8}],"exclude":[{"maxBytes":8},{"keyPrefix":"uploads/1"}]}""", "covers all of 'include'")]
    public async Task Exclude_CoversEverything_IsRefused(string parameters, string reason)
    {
        var refused = await Assert.ThrowsAsync<JobRequestException>(() => RunAsync(parameters));

        Assert.That(refused!.Problems.Single(), Does.Contain(reason).And.Contain("nothing could ever be changed"));
    }

    [TestCase("""{"exclude":[{"attributes":{"plann":"premium"}}]}""",
        """rule 1 of exclude, {"attributes":{"plann":"premium"}} (no session has the attribute 'plann').""")]
    [TestCase("""{"exclude":[{"attributes":{"userId":"u1"}},{"attributes":{"userId":"U2"}}]}""",
        """rule 2 of exclude, {"attributes":{"userId":"U2"}}.""")]
    [TestCase("""{"include":[{"keyPrefix":"uploads/2031-"},{"keyPrefix":"uploads/"}]}""",
        """rule 1 of include, {"keyPrefix":"uploads/2031-"}.""")]
    [TestCase("""{"exclude":[{"minBytes":99999}]}""", """rule 1 of exclude, {"minBytes":99999}.""")]
    public async Task Rule_MatchesNothing_IsSaidOnceInTheSummary(string parameters, string expected)
    {
        Set(KeptSession(), "userId", "u1");
        ExpiredSingle();
        Orphan();

        var planned = await RunAsync(parameters, dryRun: true);
        var run = await RunAsync(parameters);

        Assert.That(planned.Summary, Does.EndWith($"Check the rules that matched none of the 3 items that were looked at: {expected}"));
        Assert.That(run.Summary, Does.Contain(expected));
    }

    [TestCase("""{"exclude":[{"attributes":{"userId":"u1"}}]}""")]
    [TestCase("""{"exclude":[{"attributes":{"userId":{"min":5}}}]}""")]
    [TestCase("""{"exclude":[{"minBytes":10}],"include":[{"keyPrefix":"uploads/2026"}]}""")]
    [TestCase("{}")]
    public async Task Rule_MatchesSomethingThatIsNotDue_IsNotMentioned(string parameters)
    {
        Set(KeptSession(), "userId", "u1");
        Orphan();

        Assert.That((await RunAsync(parameters)).Summary, Does.Not.Contain("Check the rules"));
    }

    [Test]
    public async Task Rule_MatchesTheSizeOfARemovedObject_IsNotMentioned()
    {
        ExpiredSingle();

        Assert.That((await RunAsync("""{"include":[{"minBytes":10}]}""")).Summary, Does.Not.Contain("Check the rules"));
    }

    [Test]
    public async Task Rules_NothingWasLookedAt_AreNotMentioned() =>
        Assert.That((await RunAsync("""{"exclude":[{"minBytes":99}]}""")).Summary, Does.Not.Contain("Check the rules"));

    [Test]
    public async Task Exclude_ClaimOfADeadRun_IsRemovedAndNothingElse()
    {
        var id = ExpiredSingle();
        Set(id, "cleanupClaim", "dead");
        Set(id, "cleanupClaimedAt", time: Now.AddMinutes(-5));

        await RunAsync("""{"exclude":[{"keyPrefix":"uploads/2026"}]}""");

        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupClaim").And.ContainKey("ttl"));
        Assert.That(Bucket.Objects, Does.ContainKey(KeyOf(id)));
    }
}
