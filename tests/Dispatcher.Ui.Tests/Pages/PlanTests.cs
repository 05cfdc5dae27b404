using System.Net;
using Dispatcher.Plans;
using Dispatcher.Ui.Pages;
using Dispatcher.Ui.Tests.World;

namespace Dispatcher.Ui.Tests.Pages;

/// <summary>The review of plans, and what is applied.</summary>
internal sealed class PlanTests
{
    private UiWorld _world = null!;

    [TearDown]
    public async Task EndWorld() => await _world.DisposeAsync();

    [Test]
    public async Task Plans_OfAFolder_AreListedWithThoseThatAreDamaged()
    {
        await StartAsync();
        await _world.PlanAsync("monday.jsonl");
        await File.WriteAllTextAsync(_world.Path("plans/broken.jsonl"), "{}");
        await File.WriteAllTextAsync(_world.Path("plans/notes.txt"), "no plan");

        var page = await _world.GetAsync("/plans");

        Assert.That(page, Does.Contain("monday.jsonl").And.Contain("not applied").And.Contain("broken.jsonl").And.Contain("is not a plan"));
        Assert.That(page, Does.Not.Contain("notes.txt"));
    }

    [Test]
    public async Task Plans_OfABucket_AreListedAndApplied()
    {
        _world = new UiWorld(StoreKind.DynamoDb, planBucket: true);
        _world.Shelf.Put("one.mp4");
        const string Location = $"s3://{UiWorld.Bucket}/plans/sweep-shelf/one.jsonl.gz";
        await _world.RunAsync($$"""{"job":"sweep-shelf","dryRun":true,"plan":"{{Location}}"}""");
        await _world.StartAsync(new UiSettings { AllowRuns = true });

        Assert.That(await _world.GetAsync("/plans"), Does.Contain(Location));
        await ApplyAsync(Location);

        Assert.That(_world.Shelf.Items, Is.Empty);
        Assert.That(await _world.GetAsync("/plans"), Does.Contain(">applied</a>"));
    }

    [Test]
    public async Task Plan_WithOneBefore_ShowsWhatIsNewChangedAndGone()
    {
        await StartAsync();
        Put("a.mp4", "b.mp4", "c.mp4");
        await _world.PlanAsync("monday.jsonl");
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.Shelf.RemoveAsync("a.mp4", CancellationToken.None);
        _world.Shelf.Put("b.mp4", 2);
        _world.Shelf.Put("d.mp4");
        var plan = await _world.PlanAsync("tuesday.jsonl");

        var page = await _world.GetAsync(Link.Plan(plan));

        Assert.That(page, Does.Contain("+ 1</b> new").And.Contain("~ 1</b> with other evidence").And.Contain("= 1</b> the same"));
        Assert.That(page, Does.Contain("− 1</b> not planned any more").And.Contain("was version=1"));
        Assert.That(await _world.GetAsync($"{Link.Plan(plan)}&difference=new"), Does.Contain("d.mp4").And.Not.Contain("<bdi>c.mp4"));
    }

    [Test]
    public async Task Select_Ticked_WritesAPlanOfThemWithItsOwnDigest()
    {
        await StartAsync();
        Put("a.mp4", "b.mp4", "c.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        using var whole = await ReadAsync(plan);

        var address = await SelectAsync(plan, "ticked", ("n", "1"), ("n", "3"), ("n", "99"));

        var location = _world.Plans.Single(path => path != plan);
        using var excerpt = await ReadAsync(location);
        Assert.That(Uri.UnescapeDataString(address), Does.EndWith(location));
        Assert.That(excerpt.ReadChanges().Select(static planned => planned.Change.Target), Is.EqualTo(["a.mp4", "c.mp4"]));
        Assert.That(excerpt.Header, Is.EqualTo(whole.Header with { ExcerptOf = whole.Totals.Digest }).Using<PlanHeader>(
            static (one, other) => one with { Parameters = null } == other with { Parameters = null }));
        Assert.That(excerpt.Totals.Digest, Is.Not.EqualTo(whole.Totals.Digest));
    }

    [Test]
    public async Task Select_Matching_TakesTheFilter()
    {
        await StartAsync();
        Put("a.mp4", "b.txt", "c.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");

        await SelectAsync(plan, "matching", ("action", "s3:DeleteObject"));

        using var excerpt = await ReadAsync(_world.Plans.Single(path => path != plan));
        Assert.That(excerpt.ReadChanges().Select(static planned => planned.Change.Target), Is.EqualTo(["a.mp4", "c.mp4"]));
    }

    [Test]
    public async Task Select_All_AsksAboutThePlanItself()
    {
        await StartAsync();
        Put("a.mp4", "b.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");

        var question = await _world.GetAsync(await SelectAsync(plan, "all"));

        Assert.That(_world.Plans, Is.EqualTo([plan]));
        Assert.That(question, Does.Contain("Make these 2 changes?").And.Contain($"host {Environment.MachineName}").And.Contain("required"));
    }

    [Test]
    public async Task Apply_Excerpt_MakesItsChangesOnly()
    {
        await StartAsync();
        Put("a.mp4", "b.mp4", "c.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        await SelectAsync(plan, "ticked", ("n", "2"));
        var excerpt = _world.Plans.Single(path => path != plan);

        var record = await ApplyAsync(excerpt);

        Assert.That(_world.Shelf.Items.Select(static item => item.Key), Is.EqualTo(["a.mp4", "c.mp4"]));
        Assert.That(record.Changes.Applied, Is.EqualTo(1));
        Assert.That(await _world.GetAsync(Link.Run(record.RunId)), Does.Contain("1 made"));
        Assert.That(await _world.GetAsync(Link.Plan(excerpt)), Does.Contain("Applied.").And.Not.Contain("action=\"/select\""));
        Assert.That(await _world.GetAsync(Link.Plan(plan)), Does.Contain("action=\"/select\""), "the rest can still be applied");
    }

    [Test]
    public async Task Apply_RestAfterExcerpt_MakesTheRest()
    {
        await StartAsync();
        Put("a.mp4", "b.mp4", "c.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        await SelectAsync(plan, "ticked", ("n", "2"));
        await ApplyAsync(_world.Plans.Single(path => path != plan));

        var record = await ApplyAsync(plan);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(_world.Shelf.Items, Is.Empty);
    }

    [Test]
    public async Task Apply_ChangedSince_IsLeftAlone()
    {
        await StartAsync();
        Put("a.mp4", "b.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        _world.Shelf.Put("a.mp4", 2);
        _world.Shelf.Put("z.mp4");

        var record = await ApplyAsync(plan);

        Assert.That(_world.Shelf.Items.Select(static item => item.Key), Is.EqualTo(["a.mp4", "z.mp4"]));
        Assert.That(await _world.GetAsync(Link.Run(record.RunId)), Does.Contain("Changed since the plan").And.Contain("Not in the plan"));
    }

    [Test]
    public async Task Apply_Twice_IsSkipped()
    {
        await StartAsync();
        Put("a.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        await ApplyAsync(plan);
        Put("a.mp4");

        var record = await ApplyAsync(plan);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Skipped));
        Assert.That(_world.Shelf.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Apply_OtherDigest_IsRefused()
    {
        await StartAsync();
        Put("a.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");

        using var response = await _world.PostAsync(
            "/apply", ("at", plan), ("digest", "sha256:0"), ("token", await _world.ReadFormTokenAsync()));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("is not the one that was shown"));
        Assert.That(_world.Shelf.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Apply_OldPlan_SaysBeforehandThatItIsRefused()
    {
        await StartAsync();
        Put("a.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        _world.Clock.Advance(TimeSpan.FromHours(25));

        Assert.That(await _world.GetAsync(Link.To("/apply", ("at", plan))), Does.Contain("Will be refused:").And.Contain("25 hours old"));
        var address = await _world.SubmitAsync("/apply", ("at", plan), ("digest", await DigestOfAsync(plan)));
        await Task.WhenAny(_world.Server.Work.Find("1")!.Run);

        Assert.That(await _world.GetAsync(address), Does.Contain("Refused: nothing has run."));
        Assert.That(_world.Shelf.Items, Has.Count.EqualTo(1));
    }

    [TestCase("../outside.jsonl")]
    [TestCase("/etc/passwd")]
    [TestCase("s3://other/plans/x.jsonl")]
    public async Task Plan_OutsideTheFolder_IsNotRead(string location)
    {
        await StartAsync();
        await File.WriteAllTextAsync(_world.Path("outside.jsonl"), "secret");
        var path = location.StartsWith("..", StringComparison.Ordinal) ? _world.Path($"plans/{location}") : location;

        Assert.That(await _world.GetAsync(Link.Plan(path), HttpStatusCode.BadRequest), Does.Contain("is not in"));
    }

    [Test]
    public async Task NewPlan_OfAJob_IsWrittenToTheFolder()
    {
        await StartAsync();
        Put("a.mp4");

        var address = await _world.SubmitAsync("/plans", ("job", "sweep-shelf"));
        var record = await _world.Server.Work.Find("1")!.Run;

        Assert.That(record.Status, Is.EqualTo(JobStatus.Planned), record.Summary);
        Assert.That(await _world.GetAsync(address), Does.Contain("Review the plan"));
        Assert.That(Path.GetFileName(_world.Plans.Single()), Is.EqualTo("sweep-shelf.20261122-063000.jsonl"));
        Assert.That(_world.Shelf.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task NewPlan_UnknownJob_IsRefusedWithTheReason()
    {
        await StartAsync();

        using var response = await _world.PostAsync("/plans", ("job", "sweep-shelve"), ("token", await _world.ReadFormTokenAsync()));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("sweep-shelve").And.Contain("sweep-shelf"));
    }

    [Test]
    public async Task Work_AtWork_ShowsItRefusesAnotherAndCanBeStopped()
    {
        await StartAsync();
        Put("a.mp4", "b.mp4");
        var plan = await _world.PlanAsync("plan.jsonl");
        _world.Shelf.Gate = new TaskCompletionSource().Task;

        var address = await _world.SubmitAsync("/apply", ("at", plan), ("digest", await DigestOfAsync(plan)));
        var page = await _world.GetAsync(address);
        using var other = await _world.PostAsync("/plans", ("job", "sweep-shelf"), ("token", await _world.ReadFormTokenAsync()));
        var stopped = await _world.SubmitAsync("/stop", ("id", "1"));
        var record = await _world.Server.Work.Find("1")!.Run;

        Assert.That(page, Does.Contain("At work").And.Contain("Stop between two changes"));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(stopped, Is.EqualTo(address));
        Assert.That(record.Changes.Applied, Is.Zero);
        Assert.That(_world.Shelf.Items, Has.Count.EqualTo(2));
    }

    private static async Task<PlanFile> ReadAsync(string location)
    {
        await using var file = File.OpenRead(location);
        return await PlanFile.ReadAsync(location, file);
    }

    private static async Task<string> DigestOfAsync(string location)
    {
        using var plan = await ReadAsync(location);
        return plan.Totals.Digest;
    }

    private async Task StartAsync()
    {
        _world = new UiWorld();
        await _world.StartAsync(new UiSettings { AllowRuns = true });
    }

    private void Put(params string[] items) => items.ToList().ForEach(item => _world.Shelf.Put(item));

    private async Task<string> SelectAsync(string plan, string scope, params (string Name, string Value)[] fields) =>
        await _world.SubmitAsync("/select", [.. fields, ("at", plan), ("digest", await DigestOfAsync(plan)), ("scope", scope)]);

    /// <summary>Applies a plan as its page does: through the question.</summary>
    private async Task<RunRecord> ApplyAsync(string plan)
    {
        var question = await _world.GetAsync(Link.To("/apply", ("at", plan)));
        const string Begin = "name=\"digest\" value=\"";
        var begin = question.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var digest = question[begin..question.IndexOf('"', begin)];
        var address = await _world.SubmitAsync("/apply", ("at", plan), ("digest", digest), ("sure", "yes"));
        return await _world.Server.Work.Find(address["/work/".Length..])!.Run;
    }
}
